import { formatDate, formatTime } from "~/lib/format/dates.ts";
import { formatMoney } from "~/lib/format/money.ts";
import { useLocale, useT } from "~/lib/i18n/language.tsx";
import type { Withdrawal, WithdrawOptions } from "~/lib/orders/withdraw-types.ts";
import { useReturnAddress } from "~/lib/page/return-address.ts";
import { Banner } from "../banner.tsx";

type Facts = Pick<
  Withdrawal,
  "status" | "receivedAt" | "refundDueAt" | "refundAmount" | "wholeAmount" | "currency" | "reviewReason" | "refusal"
>;

/** What became of a withdrawal, in the words of its receipt: when it was received, what is paid back and by when. */
function WithdrawalState({
  withdrawal,
  expected,
  review,
  number,
  email,
  live,
}: {
  withdrawal: Facts;
  /** What is paid back by the rules, until that has been decided. */
  expected?: number;
  /** What it will wait for by the rules, until that has been decided. */
  review: WithdrawOptions["reviewReason"];
  number: string;
  email: string;
  live?: boolean;
}) {
  const t = useT();
  const locale = useLocale();
  const refused = withdrawal.status === "refused";
  const off = refused ? 0 : (withdrawal.wholeAmount ?? 0) - (withdrawal.refundAmount ?? 0);
  return (
    <Banner live={live} tone={refused ? "warn" : "ok"} title={t("withdraw.received")}>
      <p>
        {t("withdraw.receivedText", {
          number,
          email,
          date: formatDate(withdrawal.receivedAt, locale, "prose"),
          time: formatTime(withdrawal.receivedAt, locale),
        })}
      </p>
      <p className="wrap-anywhere">{useConsequence(withdrawal, expected, review)}</p>
      {off > 0 && (
        <p className="wrap-anywhere">
          {t("withdraw.lowered", {
            sum: formatMoney({ amount: off, currency: withdrawal.currency }, locale, "ledger"),
            reason: withdrawal.refusal ?? "",
          })}
        </p>
      )}
    </Banner>
  );
}

function useConsequence(
  withdrawal: Facts,
  expected: number | undefined,
  expectedReview: WithdrawOptions["reviewReason"],
): string {
  const t = useT();
  const locale = useLocale();
  const to = useReturnAddress();
  const amount = withdrawal.refundAmount ?? expected ?? 0;
  const sum = formatMoney({ amount, currency: withdrawal.currency }, locale, "ledger");
  const date = formatDate(withdrawal.refundDueAt, locale, "prose");
  if (withdrawal.status === "refused") {
    return withdrawal.refusal === "too_late" || !withdrawal.refusal
      ? t("withdraw.refusedLate")
      : t("withdraw.refusedReason", { reason: withdrawal.refusal });
  }
  const { status } = withdrawal;
  const review = status === "needs_review" ? withdrawal.reviewReason : status === "received" ? expectedReview : null;
  if (review !== null) {
    return review === "goods_to_return" ? t("withdraw.goodsText", { sum, to }) : t("withdraw.reviewText", { date });
  }
  if (amount === 0) return t("withdraw.zero");
  return status === "refunded" ? t("withdraw.refundedText", { sum }) : t("withdraw.refundBy", { sum, date });
}

/** Every withdrawal of an order: on its page, and in the flow. */
export function OrderWithdrawals({ of: options, received }: { of: WithdrawOptions; received?: string | null }) {
  const expected = (lineIds: readonly string[]) =>
    options.lines.reduce((total, line) => total + (lineIds.includes(line.id) ? line.refundAmount : 0), 0);
  return options.withdrawals.map((one) => (
    <WithdrawalState
      key={one.id}
      live={one.id === received}
      withdrawal={one}
      expected={expected(one.lineIds)}
      review={options.reviewReason}
      number={options.number}
      email={options.email}
    />
  ));
}
