import { and, asc, eq, gt, gte, lt, sql } from "drizzle-orm";
import { payments } from "../../drizzle/schema/payments.ts";
import { subscriptionChanges } from "../../drizzle/schema/subscription-changes.ts";
import { invoices, subscriptions } from "../../drizzle/schema/subscriptions.ts";
import { raiseAlert } from "../kernel/alert.ts";
import type { Tx } from "../kernel/db.ts";
import { money, multiplyByRate } from "../kernel/money.ts";
import { addRefund } from "../payments/index.ts";
import type { Change } from "./change.ts";

/** Something that was to come with the end of a period came too late, and what that cost could not all be paid back by itself. */
const LATE_CHANGE_ALERT = "billing.late_change";
/** So many periods may have been charged meanwhile. */
const MOST = 100;

/**
 * Pays back what a change would have saved, had it come with the end of the period that was told: of every renewal that was charged
 * since, all of it where the membership was to end, to rest or to go by another cycle; else the share by which a period costs less
 * now. So it is with an end that was asked for at once and came after something was charged, and with free time before which a
 * period was. Nothing is charged where it costs more. What of it was not paid by card (met by what is kept for the payer, disputed) is
 * laid before a person. Idempotent, once per change and payment; the caller holds the change.
 */
export async function payBackLate(tx: Tx, change: Change): Promise<void> {
  const { id, subscriptionId, completedAt } = change;
  const unwanted = unwantedOf(change);
  if (!unwanted || !completedAt) return;
  const { reason, status, periodStartAt } = invoices;
  const charged = await tx
    .select({
      bill: invoices,
      payment: payments,
      orderId: subscriptions.orderId,
      committed: sql<number>`coalesce((select sum(r.amount) from refunds r
        where r.payment_id = ${payments.id} and r.status <> 'failed'), 0)::float8`,
    })
    .from(invoices)
    .innerJoin(subscriptions, eq(subscriptions.id, invoices.subscriptionId))
    .leftJoin(payments, eq(payments.invoiceId, invoices.id))
    .where(
      and(
        eq(invoices.subscriptionId, subscriptionId),
        eq(reason, "subscription_cycle"),
        eq(status, "paid"),
        unwanted,
        lt(periodStartAt, completedAt),
      ),
    )
    .orderBy(asc(periodStartAt))
    .limit(MOST);
  const passed = change.kind === "free" && change.toldEndAt !== null && change.toldEndAt <= completedAt;
  if ((passed || charged.length > 0) && change.lateAt === null) {
    const late = { lateAt: completedAt, toldEndAt: change.toldEndAt ?? change.createdAt };
    await tx.update(subscriptionChanges).set(late).where(eq(subscriptionChanges.id, id));
  }
  for (const { bill, payment, orderId, committed } of charged) {
    const owed = owedOf(change, bill);
    const back = payment ? Math.max(payment.refundedAmount, committed) : 0;
    const left = payment && payment.status !== "disputed" ? payment.amount - back : 0;
    const amount = Math.max(0, Math.min(owed - back, left));
    if (payment && amount > 0)
      await addRefund(tx, {
        paymentId: payment.id,
        orderId,
        withdrawalId: null,
        amount,
        currency: payment.currency,
        lines: [],
        reason: "asked for before the period began",
        idempotencyKey: `late:${id}:${payment.id}`,
      });
    const short = owed - back - amount;
    if (short > 0) await tellOfLate(tx, change, { amount: short, currency: bill.currency });
  }
}

/** Which renewals it should have come before; null: it came in time. */
function unwantedOf({ kind, timing, toldEndAt, lateAt, createdAt }: Change) {
  // Nothing was to be charged any more from the press on, of whichever period.
  if (kind === "cancel" && timing === "now") return gt(invoices.paidAt, createdAt);
  return toldEndAt && (lateAt || kind === "free") ? gte(invoices.periodStartAt, toldEndAt) : null;
}

/** What of a renewal is not owed; minor units. */
function owedOf({ kind, lateAmount, amount }: Change, bill: typeof invoices.$inferSelect): number {
  const { totalAmount: total, currency } = bill;
  if (kind === "cancel" || kind === "pause" || kind === "free" || lateAmount === null) return total;
  const less = lateAmount - (amount ?? lateAmount);
  if (less <= 0) return 0;
  return Math.min(less, multiplyByRate(money(total, currency), less, lateAmount, "half_even").amount);
}

/** Lays a change that came too late before a person, with what it may have cost the member. */
export async function tellOfLate(
  tx: Tx,
  { subscriptionId, kind, toldEndAt }: Pick<Change, "subscriptionId" | "kind" | "toldEndAt">,
  at: { readonly amount: number; readonly currency: "SEK" | "EUR" | "USD" },
): Promise<void> {
  const day = toldEndAt?.toISOString().slice(0, 10);
  const detail = `What was asked of membership ${subscriptionId} for ${day} (${kind}) came too late. Look at what was charged since, and pay back what is not owed.`;
  await raiseAlert(tx, { kind: LATE_CHANGE_ALERT, subject: subscriptionId, detail, money: at });
}

/** Something that a member was told is done was refused by the provider: it is laid before a person, with what the next period costs. */
export async function tellOfRefused(
  tx: Tx,
  { subscriptionId, kind }: Pick<Change, "subscriptionId" | "kind">,
  code: string,
  at: { readonly amount: number; readonly currency: "SEK" | "EUR" | "USD" },
): Promise<void> {
  const detail = `What was asked of membership ${subscriptionId} (${kind}) was refused by the provider (${code}). Whoever asked was told that it is done.`;
  await raiseAlert(tx, { kind: "billing.change_refused", subject: subscriptionId, detail, money: at });
}
