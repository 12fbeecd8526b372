import { and, eq } from "drizzle-orm";
import { carts } from "../../drizzle/schema/checkout.ts";
import type { Tx } from "../kernel/db.ts";
import { hashToken, newId } from "../kernel/id.ts";
import { invariant } from "../kernel/invariant.ts";
import type { Currency } from "../kernel/money.ts";
import { replaceLines } from "./adopt-cart.ts";
import type { CartLine } from "./cart-lines.ts";
import { type Cart, linesOf } from "./find-cart.ts";

/** What tells one buyer's one-line cart for one product from every other: the same press twice finds the same cart. */
export function directCartSeed(
  who: string,
  what: { productId: string; variantId?: string | undefined; currency: Currency },
): string {
  return ["direct", who, what.productId, what.variantId ?? "", what.currency].join(":");
}

/**
 * The one-line cart of something bought straight from its card, locked. Made at the first press; pressed again it is the
 * same cart, and another quantity counts its version up. What was shown stays unless the caller knows better.
 */
export async function lockDirectCart(
  tx: Tx,
  token: string,
  cart: { customerId: string | null; currency: Currency },
  wanted: Omit<CartLine, "shownAmount"> & { readonly shownAmount: number | null; readonly currentAmount: number },
): Promise<Cart> {
  const accessTokenHash = hashToken(token);
  await tx
    .insert(carts)
    .values({
      id: newId("crt"),
      accessTokenHash,
      customerId: cart.customerId,
      currency: cart.currency,
      status: "open",
      direct: true,
      createdAt: tx.scope.now,
      updatedAt: tx.scope.now,
    })
    .onConflictDoNothing();
  const [row] = await tx
    .select()
    .from(carts)
    .where(and(eq(carts.accessTokenHash, accessTokenHash), eq(carts.status, "open")))
    .for("update");
  invariant(row, "a cart that was just made is there");
  const [known] = await linesOf(tx, row.id);
  const { productId, variantId, quantity } = wanted;
  const shownAmount = wanted.shownAmount ?? known?.shownAmount ?? wanted.currentAmount;
  return replaceLines(tx, row, [{ productId, variantId, quantity, shownAmount }]);
}
