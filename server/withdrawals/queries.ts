import { desc, eq, inArray } from "drizzle-orm";
import { orderLines, orders } from "../../drizzle/schema/orders.ts";
import { withdrawalLines, withdrawals } from "../../drizzle/schema/withdrawals.ts";
import type { Tx } from "../kernel/db.ts";
import { findOrderId, type OrderHandle } from "./find-order.ts";
import { confirmable, openStatements } from "./find-statement.ts";
import { readOrderFacts } from "./order-facts.ts";
import { takenMemberships } from "./taken-memberships.ts";
import { decideWithdrawal } from "./withdrawal-decision.ts";
import { WITHDRAWAL_DAYS } from "./withdrawal-period.ts";

/** How many of a member's newest orders are offered: the period of older ones is over, or they are in the account. */
const OFFERED = 20;

/**
 * What of an order can be taken back now, until when, and what would be paid back for each line if it were confirmed at this
 * moment; and what was taken back before. Where it was said already that the order is taken back (`statedAt`), all of it as of
 * then; what was said too long ago for the buyer to carry it out is staff's, and changes nothing (`leftToStaff`). Amounts in minor
 * units. Throws `withdrawals.no_order`.
 */
export async function withdrawalOptions(tx: Tx, handle: OrderHandle) {
  const orderId = await findOrderId(tx, handle);
  const open = await openStatements(tx, orderId);
  const [first] = confirmable(open, tx.scope.now);
  const options = await withdrawalOptionsAt(tx, orderId, first?.receivedAt ?? tx.scope.now);
  return {
    ...options,
    statedAt: (first ?? open[0])?.receivedAt ?? null,
    leftToStaff: first === undefined && open.length > 0,
  };
}

/** The same for a statement received at `receivedAt`, of an order that the caller is known to have to do with. */
export async function withdrawalOptionsAt(tx: Tx, orderId: string, receivedAt: Date) {
  const facts = await readOrderFacts(tx, orderId);
  const { order } = facts;
  const decision = decideWithdrawal(facts.perLine, {
    receivedAt,
    payment: facts.standing,
    currency: order.currency,
  });
  const before = await withdrawalsOf(tx, [order.id]);
  const taken = new Map(before.flatMap((one) => one.lineIds.map((lineId) => [lineId, one.id] as const)));
  const card = facts.payments.find((payment) => payment.cardLast4 !== null);
  return {
    orderId: order.id,
    number: order.number,
    placedAt: order.placedAt,
    email: order.email,
    currency: order.currency,
    card: card?.cardBrand && card.cardLast4 ? { brand: card.cardBrand, last4: card.cardLast4 } : null,
    refundDueAt: new Date(receivedAt.getTime() + WITHDRAWAL_DAYS * 86_400_000),
    /** Whether goods have to come back, or a payment to be cleared, before money moves. */
    reviewReason: decision.reviewReason,
    lines: facts.lines.flatMap((line, index) => {
      if (line.part === "setup_fee") return [];
      const verdict = decision.lines[index];
      // The fee beside a membership goes the way of the membership.
      const fees = facts.lines.flatMap((fee, at) =>
        fee.part === "setup_fee" && fee.variantId === line.variantId
          ? [{ paid: fee.totalAmount, back: decision.lines[at]?.refundAmount ?? 0 }]
          : [],
      );
      const one = {
        id: line.id,
        name: line.name,
        quantity: line.quantity,
        totalAmount: fees.reduce((sum, fee) => sum + fee.paid, line.totalAmount),
        kind: facts.perLine[index]?.kind ?? ("goods" as const),
        lastDay: verdict?.lastDay ?? null,
        open: (verdict?.inTime ?? false) && !taken.has(line.id),
        taken: taken.has(line.id),
        refundAmount: fees.reduce((sum, fee) => sum + fee.back, verdict?.refundAmount ?? 0),
        used: verdict?.used ?? null,
      };
      return [one];
    }),
    withdrawals: before,
  };
}
export type WithdrawalOptions = Awaited<ReturnType<typeof withdrawalOptions>>;

/** A member's newest orders with the last day of each: where to begin when signed in. */
export async function withdrawableOrders(tx: Tx, customerId: string) {
  const found = await tx
    .select({ id: orders.id })
    .from(orders)
    .where(eq(orders.customerId, customerId))
    .orderBy(desc(orders.placedAt), desc(orders.id))
    .limit(OFFERED);
  const list = [];
  for (const { id } of found) {
    const options = await withdrawalOptions(tx, { orderId: id });
    const open = options.lines.filter((line) => line.open);
    if (open.length === 0) continue;
    const days = open.map((line) => line.lastDay).filter((day) => day !== null);
    list.push({
      id,
      number: options.number,
      placedAt: options.placedAt,
      what: open.map((line) => line.name),
      /** The first last day among its lines; null while goods have not left. */
      lastDay: days.toSorted()[0] ?? null,
    });
  }
  return list;
}

/** The withdrawals of some orders, oldest first, as buyer and staff see them. */
export async function withdrawalsOf(tx: Tx, orderIds: readonly string[]) {
  if (orderIds.length === 0) return [];
  const found = await tx
    .select()
    .from(withdrawals)
    .where(inArray(withdrawals.orderId, [...orderIds]))
    .orderBy(withdrawals.receivedAt, withdrawals.id);
  const lines =
    found.length === 0
      ? []
      : await tx
          .select({
            withdrawalId: withdrawalLines.withdrawalId,
            lineId: withdrawalLines.orderLineId,
            name: orderLines.name,
            quantity: orderLines.quantity,
            refundAmount: withdrawalLines.refundAmount,
          })
          .from(withdrawalLines)
          .innerJoin(orderLines, eq(orderLines.id, withdrawalLines.orderLineId))
          .where(
            inArray(
              withdrawalLines.withdrawalId,
              found.map((one) => one.id),
            ),
          )
          .orderBy(orderLines.position);
  return found.map(
    ({ idempotencyKey: _, customerId: __, creditAmount: ___, creditTakenAmount: ____, ...withdrawal }) => {
      const own = lines.filter((line) => line.withdrawalId === withdrawal.id);
      return {
        ...withdrawal,
        /** What the rules gave; staff may have taken something off it. Null until it was decided. */
        wholeAmount:
          withdrawal.refundAmount === null ? null : own.reduce((sum, line) => sum + (line.refundAmount ?? 0), 0),
        lineIds: own.map((line) => line.lineId),
        lines: own.map(({ name, quantity }) => ({ name, quantity })),
      };
    },
  );
}
export type BuyerWithdrawal = Awaited<ReturnType<typeof withdrawalsOf>>[number];

/** The withdrawals of an order as staff decide about them: whether one may still be refused. */
export async function withdrawalsForStaff(tx: Tx, orderId: string) {
  const found = await withdrawalsOf(tx, [orderId]);
  const taken = await Promise.all(found.map((one) => takenMemberships(tx, one, one.lineIds)));
  return found.map((one, index) => ({ ...one, mayRefuse: taken[index]?.length === 0 }));
}
