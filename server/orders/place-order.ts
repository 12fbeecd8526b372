import { eq } from "drizzle-orm";
import type { FrozenLine } from "../../drizzle/schema/checkout.ts";
import { orderLines, orders, type ShippingAddress } from "../../drizzle/schema/orders.ts";
import type { Tx } from "../kernel/db.ts";
import { newId } from "../kernel/id.ts";
import { begin } from "../kernel/machine.ts";
import type { Currency } from "../kernel/money.ts";
import { send } from "../kernel/send.ts";
import { lineAmounts, orderAmounts } from "./order-amounts.ts";
import { orderMachine } from "./order-status.ts";

/** A purchase as it was frozen when the payment page was opened, and who turned out to be the buyer. */
export type Purchase = {
  readonly checkoutId: string;
  readonly accessTokenHash: string;
  readonly customerId: string;
  readonly email: string;
  readonly locale: "sv" | "en";
  readonly currency: Currency;
  readonly lines: readonly FrozenLine[];
  readonly shippingAddress: ShippingAddress | null;
  /** For which organization; null: for the buyer. */
  readonly organizationId: string | null;
};

/**
 * Makes the order of a completed checkout, awaiting its payment, with its lines and the tax inside each. Returns its id.
 * Idempotent by the checkout, which the caller holds locked: asked again it returns the order that is there.
 */
export async function placeOrder(tx: Tx, purchase: Purchase, cause: string): Promise<string> {
  const [known] = await tx.select({ id: orders.id }).from(orders).where(eq(orders.checkoutId, purchase.checkoutId));
  if (known) return known.id;
  const id = newId("ord");
  const lines = purchase.lines.map((line) => ({ line, ...lineAmounts(line, purchase.currency) }));
  const { total, tax } = orderAmounts(lines, purchase.currency);
  const { lines: _, ...facts } = purchase;
  const row = { id, ...facts, status: orderMachine.initial, totalAmount: total.amount, taxAmount: tax.amount };
  send(tx, tx.insert(orders).values({ ...row, placedAt: tx.scope.now }));
  const ordered = tx.insert(orderLines).values(
    lines.map(({ line, total: lineTotal, tax: lineTax }, position) => ({
      id: newId("orl"),
      orderId: id,
      productId: line.productId,
      variantId: line.variantId,
      part: line.part ?? ("item" as const),
      name: line.name,
      quantity: line.quantity,
      unitAmount: line.unitAmount,
      totalAmount: lineTotal.amount,
      taxRateBps: line.taxRateBps,
      taxAmount: lineTax.amount,
      priceReceiptId: line.priceReceiptId,
      position,
    })),
  );
  send(tx, ordered);
  await begin(tx, orderMachine, { id, cause });
  return id;
}
