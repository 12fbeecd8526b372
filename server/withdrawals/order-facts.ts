import { and, asc, desc, eq, inArray, isNull, notInArray, or, sql } from "drizzle-orm";
import { products } from "../../drizzle/schema/catalog.ts";
import { checkouts } from "../../drizzle/schema/checkout.ts";
import { orderLines, orders } from "../../drizzle/schema/orders.ts";
import { payments } from "../../drizzle/schema/payments.ts";
import { refunds } from "../../drizzle/schema/refunds.ts";
import { subscriptions } from "../../drizzle/schema/subscriptions.ts";
import type { Tx } from "../kernel/db.ts";
import { withdrawalErrors } from "./errors.ts";
import type { PaymentStanding, WithdrawalLineFacts } from "./withdrawal-decision.ts";

/** Everything about an order that decides what a withdrawal gives back. */
export type OrderFacts = Awaited<ReturnType<typeof readOrderFacts>>;

type Bill = {
  readonly amount: number;
  /** What it came to: less than nothing where a change set something off, more than was paid where that paid a part. */
  readonly total: number;
  readonly periodStartAt: Date | null;
  readonly periodEndAt: Date | null;
};

/** Reads the facts of one order as they are now, on either connection. Throws `withdrawals.no_order`. */
export async function readOrderFacts(tx: Tx, orderId: string) {
  const [row] = await tx
    .select({ order: orders, startConsentAt: checkouts.startConsentAt })
    .from(orders)
    .leftJoin(checkouts, eq(checkouts.id, orders.checkoutId))
    .where(eq(orders.id, orderId));
  if (!row) throw withdrawalErrors.noOrder();
  const { order } = row;
  const lines = await tx
    .select({ line: orderLines, kind: products.kind })
    .from(orderLines)
    .innerJoin(products, eq(products.id, orderLines.productId))
    .where(eq(orderLines.orderId, orderId))
    .orderBy(asc(orderLines.position));
  // A membership is bought alone, with its fee: all lines are its, also once it has become another.
  const memberships = await tx.select().from(subscriptions).where(eq(subscriptions.orderId, orderId));
  const [membership] = memberships;
  const bills = await billsOf(tx, orderId);
  const paid = await paymentsOf(
    tx,
    orderId,
    bills.map((bill) => bill.id),
  );
  const refunded = await refundedPerLine(tx, orderId);
  const ofRenewals = await refundedRenewals(tx, paid);
  const shippedAt = await shippedAtOf(tx, orderId);
  const perLine = lines.map(({ line, kind }): WithdrawalLineFacts => {
    const own = membership ? bills.filter((bill) => bill.subscriptionId === membership.id) : [];
    const fee = line.part === "setup_fee";
    const fees = lines.reduce((sum, { line: one }) => sum + (one.part === "setup_fee" ? one.totalAmount : 0), 0);
    const byHand = paid.reduce(
      (sum, { id, invoiceId }) => (own.some((bill) => bill.id === invoiceId) ? sum + (ofRenewals.get(id) ?? 0) : sum),
      0,
    );
    const total = membership && !fee ? Math.max(0, sumOf(own) - fees - byHand) : line.totalAmount;
    const paidUntil = lastEnd(own) ?? membership?.currentPeriodEndAt ?? null;
    const left = Math.max(0, total - (refunded.get(line.id) ?? 0));
    return {
      lineId: line.id,
      kind: kind === "merchandise" ? "goods" : "service",
      paid: left,
      orderedAt: order.placedAt,
      shippedAt,
      startConsent: row.startConsentAt !== null,
      // A trial is free: what was paid is for the days after it.
      startsAt: membership?.trialEndAt ?? membership?.startedAt ?? null,
      paidUntil,
      ...(own.length > 1 && !fee ? { bills: sharesOf(own, left) } : {}),
      ...(membership && !fee ? creditOf(own, membership.balanceAmount) : {}),
    };
  });
  return {
    order,
    lines: lines.map(({ line }) => line),
    perLine,
    memberships,
    payments: paid,
    standing: standingOf(paid, order.totalAmount),
  };
}

const sumOf = (bills: readonly Bill[]) => bills.reduce((total, bill) => total + bill.amount, 0);
const lastEnd = (bills: readonly Bill[]) =>
  bills.reduce<Date | null>((last, { periodEndAt: at }) => (at && (!last || at > last) ? at : last), null);

/** What changes for less have set off, and what became of it: its own bills used it first. `balance`: negative is kept for the payer. */
function creditOf(bills: readonly Bill[], balance: number): Pick<WithdrawalLineFacts, "credit"> {
  const setOff = bills.flatMap(({ total, periodStartAt: startsAt, periodEndAt: paidUntil }) =>
    total < 0 && startsAt && paidUntil ? [{ paid: -total, startsAt, paidUntil }] : [],
  );
  if (setOff.length === 0) return {};
  const used = bills.reduce((sum, { total, amount }) => sum + Math.max(0, total - amount), 0);
  const rest = Math.max(0, setOff.reduce((sum, { paid }) => sum + paid, 0) - used);
  const kept = Math.min(rest, Math.max(0, -balance));
  return { credit: { setOff, kept, spent: rest - kept } };
}

/** What of a sum each bill comes to, the newest first: what is not theirs any more (fees, what was paid back) is the oldest's. */
function sharesOf(bills: readonly Bill[], sum: number): NonNullable<WithdrawalLineFacts["bills"]> {
  let open = sum;
  return bills
    .toSorted((a, b) => (b.periodStartAt?.getTime() ?? 0) - (a.periodStartAt?.getTime() ?? 0))
    .flatMap(({ amount, periodStartAt: startsAt, periodEndAt: paidUntil }) => {
      const paid = Math.min(amount, open);
      open -= paid;
      return startsAt && paidUntil ? [{ paid, startsAt, paidUntil }] : [];
    });
}

/** The paid bills of an order's membership, for whoever may see the order (their rows are the member's own). */
async function billsOf(tx: Tx, orderId: string) {
  const rows = await tx.execute<{
    invoice_id: string;
    subscription_id: string;
    amount_paid: string;
    total_amount: string;
    period_start_at: string | null;
    period_end_at: string | null;
  }>(sql`select * from app.bills_of_order(${orderId})`);
  return rows.map((row) => ({
    id: row.invoice_id,
    subscriptionId: row.subscription_id,
    amount: Number(row.amount_paid),
    total: Number(row.total_amount),
    periodStartAt: row.period_start_at === null ? null : new Date(row.period_start_at),
    periodEndAt: row.period_end_at === null ? null : new Date(row.period_end_at),
  }));
}

/** The money of the order and of its membership's renewals, newest first: in this order it is paid back. */
function paymentsOf(tx: Tx, orderId: string, invoiceIds: readonly string[]) {
  return tx
    .select()
    .from(payments)
    .where(
      or(
        eq(payments.orderId, orderId),
        invoiceIds.length > 0 ? inArray(payments.invoiceId, [...invoiceIds]) : undefined,
      ),
    )
    .orderBy(desc(payments.createdAt), desc(payments.id));
}

/** What was paid back, or is on its way, for each line. */
async function refundedPerLine(tx: Tx, orderId: string): Promise<Map<string, number>> {
  const rows = await tx
    .select({ lines: refunds.lines })
    .from(refunds)
    .where(and(eq(refunds.orderId, orderId), notInArray(refunds.status, ["failed"])));
  const perLine = new Map<string, number>();
  for (const { orderLineId, amount } of rows.flatMap((row) => row.lines))
    perLine.set(orderLineId, (perLine.get(orderLineId) ?? 0) + amount);
  return perLine;
}

/** What staff, or somebody at the provider, paid back of renewals: it names no line, and is the membership's own. */
async function refundedRenewals(tx: Tx, paid: readonly { id: string; orderId: string | null }[]) {
  const renewals = paid.filter((payment) => payment.orderId === null).map((payment) => payment.id);
  if (renewals.length === 0) return new Map<string, number>();
  const rows = await tx
    .select({ paymentId: refunds.paymentId, amount: sql<number>`sum(${refunds.amount})`.mapWith(Number) })
    .from(refunds)
    .where(
      and(inArray(refunds.paymentId, renewals), notInArray(refunds.status, ["failed"]), isNull(refunds.withdrawalId)),
    )
    .groupBy(refunds.paymentId);
  return new Map(rows.map(({ paymentId, amount }) => [paymentId, amount]));
}

async function shippedAtOf(tx: Tx, orderId: string): Promise<Date | null> {
  const [row] = await tx.execute<{ at: string | null }>(sql`select app.goods_left_at(${orderId}) as at`);
  return row?.at ? new Date(row.at) : null;
}

function standingOf(paid: readonly { readonly status: string }[], total: number): PaymentStanding {
  if (paid.some((payment) => payment.status === "disputed")) return "disputed";
  const settled = paid.some((payment) => ["paid", "partially_refunded", "refunded"].includes(payment.status));
  return settled || total === 0 ? "paid" : "unpaid";
}
