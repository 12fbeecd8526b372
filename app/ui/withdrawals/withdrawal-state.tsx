import { formatDate, formatTime } from "~/lib/format/dates.ts";
import { formatMoney } from "~/lib/format/money.ts";
import { useLocale, useT } from "~/lib/i18n/language.tsx";
import type { WithdrawOptions } from "~/lib/orders/withdraw-types.ts";
import { consequenceOf, type Expected, type WithdrawalFacts } from "~/lib/orders/withdrawal-words.ts";
import { useReturnAddress } from "~/lib/page/return-address.ts";
import { Banner } from "../banner.tsx";

/** What became of a withdrawal, in the words of its receipt: when it was received, what is paid back and by when. */
function WithdrawalState({
  withdrawal,
  expected,
  number,
  email,
  live,
}: {
  withdrawal: WithdrawalFacts;
  expected: Expected;
  number: string;
  email: string;
  live?: boolean;
}) {
  const t = useT();
  const locale = useLocale();
  const to = useReturnAddress();
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
      <p className="wrap-anywhere">{consequenceOf(withdrawal, expected, { t, locale, to })}</p>
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

/** Every withdrawal of an order: on its page, and in the flow. */
export function OrderWithdrawals({ of: options, received }: { of: WithdrawOptions; received?: string | null }) {
  const expected = (lineIds: readonly string[]) =>
    options.lines.reduce((total, line) => total + (lineIds.includes(line.id) ? line.refundAmount : 0), 0);
  return options.withdrawals.map((one) => (
    <WithdrawalState
      key={one.id}
      live={one.id === received}
      withdrawal={one}
      expected={{ amount: expected(one.lineIds), review: options.reviewReason }}
      number={options.number}
      email={options.email}
    />
  ));
}
