import { type Currency, money, multiplyByRate } from "../kernel/money.ts";
import { daysBetween, isInTime, lastWithdrawalDay } from "./withdrawal-period.ts";

/** A bought line as the rules see it. Amounts in minor units, tax included. */
export type WithdrawalLineFacts = {
  readonly lineId: string;
  readonly kind: "goods" | "service";
  /** What was paid for it and has not been paid back yet. */
  readonly paid: number;
  /** When the contract was made. */
  readonly orderedAt: Date;
  /** When the goods were handed over for delivery; null while they have not left, and for services. */
  readonly shippedAt: Date | null;
  /** The buyer asked for the service to start inside the period. */
  readonly startConsent: boolean;
  /** The days that `paid` covers: from the start of the service until it would have to be paid again. */
  readonly startsAt: Date | null;
  readonly paidUntil: Date | null;
  /** Where several bills make up `paid`, as when more of it was taken later: what each comes to, and the days that it covers. */
  readonly bills?: readonly Bill[];
  /** Where it became one that costs less at once: what that set off, by the days that it was for, and what has become of it. */
  readonly credit?: Credit;
};

type Bill = { readonly paid: number; readonly startsAt: Date; readonly paidUntil: Date };
export type Credit = {
  readonly setOff: readonly Bill[];
  /** What of it is kept for the payer's next bills still, and what has paid for something else of theirs. */
  readonly kept: number;
  readonly spent: number;
};

export type PaymentStanding = "paid" | "unpaid" | "disputed";

export type LineVerdict = {
  readonly lineId: string;
  /** The last day (`YYYY-MM-DD`) on which it can be taken back; null while the period has not begun to run. */
  readonly lastDay: string | null;
  readonly inTime: boolean;
  /** What is paid back; 0 when it is too late. */
  readonly refundAmount: number;
  /** What of that is kept for the payer's next bills, and is taken back there. */
  readonly creditAmount: number;
  /** For a service that was started on request: how much of what was paid for had passed. */
  readonly used: { readonly days: number; readonly ofDays: number } | null;
};

export type WithdrawalDecision = {
  readonly outcome: "accepted" | "needs_review" | "refused";
  readonly reviewReason: "goods_to_return" | "not_paid" | "disputed" | null;
  readonly lines: readonly LineVerdict[];
  readonly refundAmount: number;
  readonly creditAmount: number;
};

/** Days that a parcel is counted to be under way: the period runs from its receipt, which only the buyer knows. */
const DELIVERY_DAYS = 5;

/**
 * What follows when a buyer takes lines of an order back at `receivedAt`: pure, so that what is promised on the page, in
 * the mail and paid by the worker is one computation.
 *
 * - In time: 14 days, for goods from their receipt, for services from the contract (Directive 2011/83/EU art. 9(2);
 *   Distansavtalslagen (2005:59) 2 kap. 12 §). The statement counts when it was sent (art. 11(2)). Goods that have not
 *   left yet can always be taken back; for those that have, five days on the way are counted in the buyer's favour.
 * - Goods: the whole line, standard delivery included in its price (art. 13(1)). The trader may wait for goods that have
 *   left until they are back (art. 13(3)): a person confirms that.
 * - A service that began on the buyer's express request: the buyer pays for what was provided until the statement, in
 *   proportion to the whole price (art. 14(3), art. 7(3), art. 16(a) does not apply before full performance): whole days
 *   that have passed, rounded in the buyer's favour. Of several bills each is counted by its own days where that is more: what
 *   was taken later was provided for fewer of them. Without that request nothing is paid (art. 14(4)(a)).
 * - What a change for less had set off is paid back like the rest, and what is kept of it for next bills ends with that: the
 *   buyer has it once. What of it has paid for something else of theirs they have had.
 * - The money goes back by the same means of payment within 14 days of the statement (art. 13(1)).
 *
 * The statement itself needs no reason and is taken in the same way as any other (art. 11, and art. 11a on the withdrawal
 * function, applied from 19 June 2026; Distansavtalslagen 2 kap. 10 a §).
 */
export function decideWithdrawal(
  lines: readonly WithdrawalLineFacts[],
  facts: { readonly receivedAt: Date; readonly payment: PaymentStanding; readonly currency: Currency },
): WithdrawalDecision {
  const verdicts = lines.map((line) => judgeLine(line, facts));
  const accepted = lines.filter((_, index) => verdicts[index]?.inTime);
  const refundAmount = verdicts.reduce((total, verdict) => total + verdict.refundAmount, 0);
  const creditAmount = verdicts.reduce((total, verdict) => total + verdict.creditAmount, 0);
  if (accepted.length === 0)
    return { outcome: "refused", reviewReason: null, lines: verdicts, refundAmount: 0, creditAmount: 0 };
  const reviewReason =
    facts.payment === "disputed"
      ? "disputed"
      : facts.payment === "unpaid"
        ? "not_paid"
        : accepted.some((line) => line.kind === "goods" && line.shippedAt !== null)
          ? "goods_to_return"
          : null;
  return {
    outcome: reviewReason ? "needs_review" : "accepted",
    reviewReason,
    lines: verdicts,
    refundAmount,
    creditAmount,
  };
}

function judgeLine(
  line: WithdrawalLineFacts,
  { receivedAt, currency }: { readonly receivedAt: Date; readonly currency: Currency },
): LineVerdict {
  const lastDay = lastDayOf(line);
  const inTime = lastDay === null || isInTime(receivedAt, lastDay);
  const used = line.kind === "service" && line.startConsent ? usedDays(line, receivedAt) : null;
  const left = (paid: number, of: { readonly days: number; readonly ofDays: number }, rounding: "up" | "down" = "up") =>
    multiplyByRate(money(paid, currency), of.ofDays - of.days, of.ofDays, rounding).amount;
  const perBill = (line.bills ?? []).reduce((sum, bill) => {
    const days = usedDays(bill, receivedAt);
    return sum + (days ? left(bill.paid, days) : 0);
  }, 0);
  const { setOff = [], kept = 0, spent = 0 } = line.credit ?? {};
  // What was set off for days that have passed was not provided for that either.
  const passed = setOff.reduce((sum, bill) => {
    const days = usedDays(bill, receivedAt);
    return sum + (days ? bill.paid - left(bill.paid, days, "down") : 0);
  }, 0);
  const owed = used ? Math.min(line.paid, Math.max(left(line.paid, used), perBill) + passed) : line.paid;
  const refundAmount = inTime ? Math.max(0, owed - spent) : 0;
  return { lineId: line.lineId, lastDay, inTime, refundAmount, creditAmount: inTime ? kept : 0, used };
}

function lastDayOf(line: WithdrawalLineFacts): string | null {
  if (line.kind === "service") return lastWithdrawalDay(line.orderedAt);
  if (line.shippedAt === null) return null;
  return lastWithdrawalDay(new Date(line.shippedAt.getTime() + DELIVERY_DAYS * 86_400_000));
}

/** Whole days passed of the days that were paid for; never more than all of them. */
function usedDays(
  { startsAt, paidUntil }: Pick<WithdrawalLineFacts, "startsAt" | "paidUntil">,
  at: Date,
): LineVerdict["used"] {
  if (!startsAt || !paidUntil) return null;
  const ofDays = daysBetween(startsAt, paidUntil);
  if (ofDays <= 0) return null;
  return { days: Math.min(ofDays, Math.max(0, daysBetween(startsAt, at))), ofDays };
}
