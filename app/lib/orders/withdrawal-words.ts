import { formatDate } from "../format/dates.ts";
import { formatMoney } from "../format/money.ts";
import type { Translate } from "../i18n/translate.ts";
import type { Locale } from "../locale.ts";
import type { Withdrawal } from "./withdraw-types.ts";

export type WithdrawalFacts = Pick<
  Withdrawal,
  "status" | "receivedAt" | "refundDueAt" | "refundAmount" | "wholeAmount" | "currency" | "reviewReason" | "refusal"
>;

/** What the rules say until it has been decided: how much is paid back, and what that will wait for. */
export type Expected = { readonly amount: number; readonly review: Withdrawal["reviewReason"] };

/** Why less or nothing is paid back, as the buyer is told: the words of staff, or ours where the rules or a bank decided. */
export function reasonOf(refusal: string, t: Translate): string {
  if (refusal === "too_late") return t("withdraw.refusedLate");
  return refusal === "paid_by_bank" ? t("withdraw.paidByBank") : refusal;
}

/** What follows of a withdrawal, in one or two sentences to its buyer. `to`: where goods are sent back. */
export function consequenceOf(
  withdrawal: WithdrawalFacts,
  expected: Expected,
  { t, locale, to }: { readonly t: Translate; readonly locale: Locale; readonly to: string },
): string {
  const { status, refusal } = withdrawal;
  const amount = withdrawal.refundAmount ?? expected.amount;
  const sum = formatMoney({ amount, currency: withdrawal.currency }, locale, "ledger");
  const date = formatDate(withdrawal.refundDueAt, locale, "prose");
  if (status === "refused")
    return refusal === "too_late" || !refusal
      ? t("withdraw.refusedLate")
      : t("withdraw.refusedReason", { reason: refusal });
  const review = status === "needs_review" ? withdrawal.reviewReason : status === "received" ? expected.review : null;
  if (review !== null)
    return review === "goods_to_return" ? t("withdraw.goodsText", { sum, to }) : t("withdraw.reviewText", { date });
  if (amount === 0) return t("withdraw.zero");
  if (status !== "refunded") return t("withdraw.refundBy", { sum, date });
  return refusal === "paid_by_bank" ? t("withdraw.paidByBank") : t("withdraw.refundedText", { sum });
}
