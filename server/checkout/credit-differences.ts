import { and, asc, eq, gt, inArray } from "drizzle-orm";
import { payments } from "../../drizzle/schema/payments.ts";
import { refunds } from "../../drizzle/schema/refunds.ts";
import { purchaseStanding } from "../credits/index.ts";
import type { Ctx } from "../kernel/ctx.ts";
import type { Tx } from "../kernel/db.ts";
import { boughtCredits } from "./bought-credits.ts";
import { creditsPaidBack } from "./refunded-credits.ts";
import { OURS, squareOrder } from "./square-order.ts";

/** A line of an order of whose credits others were taken than its refunds come to. Whole credits. */
export type CreditDifference = {
  readonly orderId: string;
  readonly orderLineId: string;
  readonly customerId: string | null;
  /** What the refunds come to that stand, as far as there is something to take. */
  readonly paidBack: number;
  readonly taken: number;
};

const PAGE = 200;

/**
 * The purchases of a page of orders, by their ids, of which not so many credits were taken as was paid back: a release before
 * gave all back when one of several refunds failed. Changes nothing. Leaves alone what is on its way: orders with a refund that
 * has not ended, or with a payment that is disputed or paid back whole. `next` is null after the last page.
 */
export async function creditDifferences(
  ctx: Pick<Ctx, "db">,
  { after }: { readonly after: string },
): Promise<{ looked: number; found: CreditDifference[]; next: string | null }> {
  const read = async (tx: Tx) => {
    const page = await tx
      .selectDistinct({ orderId: refunds.orderId })
      .from(refunds)
      .where(and(gt(refunds.orderId, after), inArray(refunds.status, ["succeeded", "failed"])))
      .orderBy(asc(refunds.orderId))
      .limit(PAGE);
    const ids = page.flatMap(({ orderId }) => orderId ?? []);
    const found: CreditDifference[] = [];
    for (const orderId of ids) found.push(...(await differencesOf(tx, orderId)));
    return { looked: ids.length, found, next: ids.length < PAGE ? null : (ids.at(-1) ?? null) };
  };
  return ctx.db.transaction(read, { readOnly: true });
}

/** Makes what was taken of an order's credits what its refunds come to: once, however often it runs. */
export async function takeCreditsAnew(ctx: Pick<Ctx, "db">, { orderId }: { readonly orderId: string }): Promise<void> {
  await ctx.db.transaction((tx) => squareOrder(tx, orderId));
}

async function differencesOf(tx: Tx, orderId: string): Promise<CreditDifference[]> {
  const { order, lines } = await boughtCredits(tx, orderId);
  if (lines.length === 0) return [];
  const all = await tx.select().from(refunds).where(eq(refunds.orderId, orderId));
  if (all.some(({ status }) => status !== "succeeded" && status !== "failed")) return [];
  const paidWith = await tx.select({ status: payments.status }).from(payments).where(eq(payments.orderId, orderId));
  if (paidWith.some(({ status }) => !OURS.includes(status))) return [];
  const made = all.filter(({ status }) => status === "succeeded");
  const found: CreditDifference[] = [];
  for (const line of lines) {
    const { asked, left } = await purchaseStanding(tx, line.id);
    const paidBack = Math.min(creditsPaidBack(made, line, order.totalAmount), asked + left);
    if (paidBack !== asked)
      found.push({ orderId, orderLineId: line.id, customerId: order.customerId, paidBack, taken: asked });
  }
  return found;
}
