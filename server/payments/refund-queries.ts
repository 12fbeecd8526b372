import { and, desc, eq, inArray, ne, or, type SQLWrapper, sql } from "drizzle-orm";
import { creditSettings } from "../../drizzle/schema/credit-settings.ts";
import { creditGrants, creditReclaims } from "../../drizzle/schema/credits.ts";
import { orderLines } from "../../drizzle/schema/orders.ts";
import { type RefundLine, refunds } from "../../drizzle/schema/refunds.ts";
import { subscriptions } from "../../drizzle/schema/subscriptions.ts";
import type { Tx } from "../kernel/db.ts";
import { withWho } from "../kernel/names.ts";
import { paymentErrors } from "./errors.ts";
import { paymentIdsOf, settledPayments } from "./order-payments.ts";
import { creditsToTake } from "./refund-credits.ts";
import { planPart, planRefund } from "./refund-plan.ts";
import { refundRoom } from "./refund-room.ts";

export type RefundWish = {
  readonly orderId: string;
  /** Which payment: one of the order's own or of its membership's renewals. The newest of the purchase itself when absent. */
  readonly paymentId?: string | undefined;
  readonly lines: readonly { readonly orderLineId: string; readonly quantity: number }[];
  /** How much of a renewal, in minor units; all that is left of it when absent. A purchase is paid back by its lines. */
  readonly amount?: number | undefined;
};

/**
 * What a refund of an order would do, before anybody presses: the sum, the most that is left, the card it goes to, and what
 * it leaves as it is. A purchase is paid back by its lines, a renewal of its membership by a sum. Throws
 * `payments.not_found` when the order has no such payment.
 */
export async function previewRefund(tx: Tx, wish: RefundWish) {
  const settled = await settledPayments(tx, wish.orderId);
  const chosen = wish.paymentId
    ? settled.find(({ payment }) => payment.id === wish.paymentId)
    : (settled.find(({ payment }) => payment.orderId === wish.orderId) ?? settled[0]);
  if (!chosen) throw paymentErrors.notFound();
  const { payment } = chosen;
  const renewal = payment.orderId !== wish.orderId;
  const made = await tx
    .select()
    .from(refunds)
    .where(sql`${refunds.paymentId} in ${paymentIdsOf(wish.orderId)} and ${ne(refunds.status, "failed")}`);
  const parts = made.flatMap((refund) => refund.lines);
  const lines = (await tx.select().from(orderLines).where(eq(orderLines.orderId, wish.orderId))).map((line) => {
    const own = parts.filter((part) => part.orderLineId === line.id);
    return {
      ...line,
      refundedQuantity: own.reduce((total, part) => total + part.quantity, 0),
      refundedAmount: own.reduce((total, part) => total + part.amount, 0),
    };
  });
  // What is asked for and not yet sent is counted too: a person should not ask for it twice.
  const roomOf = ({ id, amount, refundedAmount }: typeof payment) => {
    const own = made.filter((refund) => refund.paymentId === id);
    const committed = own.reduce((total, refund) => total + refund.amount, 0);
    return { committed, left: refundRoom({ paid: amount, refundedAtProvider: refundedAmount, committed }) };
  };
  const { committed, left } = roomOf(payment);
  const room = payment.status === "disputed" ? 0 : left;
  const [membership] = await tx
    .select({ id: subscriptions.id, status: subscriptions.status })
    .from(subscriptions)
    .where(eq(subscriptions.orderId, wish.orderId));
  const plan = renewal ? planPart(wish.amount, room) : planRefund(wish.lines, lines, room);
  return {
    ...plan,
    renewal,
    /** All that could be paid back instead, newest first. */
    payments: settled.map(({ payment: one, ...period }) => ({
      ...{ id: one.id, amount: one.amount, currency: one.currency, paidAt: one.paidAt ?? one.createdAt },
      ...period,
      renewal: one.orderId !== wish.orderId,
      left: one.status === "disputed" ? 0 : roomOf(one).left,
    })),
    paymentId: payment.id,
    currency: payment.currency,
    paidAmount: payment.amount,
    refundedAmount: Math.max(committed, payment.refundedAmount),
    card: payment.cardBrand && payment.cardLast4 ? { brand: payment.cardBrand, last4: payment.cardLast4 } : null,
    disputed: payment.status === "disputed",
    /** A refund does not end it. */
    membership: membership && membership.status !== "canceled" ? membership : null,
    /** What it takes of the credits bought: the unused ones go with the money, about the used ones staff decide afterwards. */
    credits: renewal ? null : await creditsOf(tx, lines, plan.lines),
    refundable: lines.map(({ id, quantity, refundedQuantity, refundedAmount, totalAmount }) => ({
      id,
      left: refundedAmount >= totalAmount ? 0 : quantity - refundedQuantity,
    })),
  };
}

type Bought = { readonly id: string; readonly totalAmount: number; readonly refundedAmount: number };

/** Null where nothing bought was credits. `topUp`: the customer's automatic top-up runs, and will stop. */
async function creditsOf(tx: Tx, lines: readonly Bought[], parts: readonly RefundLine[]) {
  const counted = (column: SQLWrapper) => sql<number>`coalesce(sum(${column}), 0)`.mapWith(Number);
  const asked = sql`select sum(${creditReclaims.spentCredits}) from ${creditReclaims}
    where ${creditReclaims.sourceId} = ${creditGrants.sourceId} and ${creditReclaims.undoneAt} is null`;
  const rows = await tx
    .select({
      lineId: creditGrants.sourceId,
      credits: counted(creditGrants.credits),
      left: counted(creditGrants.remaining),
      held: counted(sql`${creditGrants.held} - ${creditGrants.owedBack}`),
      used: counted(creditGrants.used),
      askedBefore: sql<number>`coalesce((${asked}), 0)`.mapWith(Number),
      topUp: sql<boolean>`coalesce(bool_or(${creditSettings.topUp} and ${creditSettings.stoppedAt} is null), false)`,
    })
    .from(creditGrants)
    .leftJoin(creditSettings, eq(creditSettings.customerId, creditGrants.customerId))
    .where(
      and(
        eq(creditGrants.source, "purchase"),
        inArray(
          creditGrants.sourceId,
          lines.map(({ id }) => id),
        ),
      ),
    )
    .groupBy(creditGrants.sourceId);
  if (rows.length === 0) return null;
  const total = { taken: 0, used: 0 };
  for (const { lineId, ...grants } of rows) {
    const line = lines.find(({ id }) => id === lineId);
    const now = parts.reduce((sum, part) => (part.orderLineId === lineId ? sum + part.amount : sum), 0);
    const { credits } = grants;
    const paidBack = { before: line?.refundedAmount ?? 0, now };
    const part = creditsToTake({ credits, totalAmount: line?.totalAmount ?? 0 }, paidBack, grants);
    total.taken += part.taken;
    total.used += part.used;
  }
  return { ...total, topUp: rows.some(({ topUp }) => topUp) };
}

/** The refunds of an order and of its membership's renewals, newest first, as staff see them. */
export async function refundsOfOrder(tx: Tx, orderId: string) {
  const rows = await tx
    .select({
      id: refunds.id,
      status: refunds.status,
      amount: refunds.amount,
      currency: refunds.currency,
      reason: refunds.reason,
      requestedBy: refunds.requestedBy,
      externalId: refunds.externalId,
      failureCode: refunds.failureCode,
      createdAt: refunds.createdAt,
      completedAt: refunds.completedAt,
    })
    .from(refunds)
    .where(or(eq(refunds.orderId, orderId), sql`${refunds.paymentId} in ${paymentIdsOf(orderId)}`))
    .orderBy(desc(refunds.createdAt), desc(refunds.id));
  return withWho(tx, rows, ({ requestedBy }) => requestedBy);
}
