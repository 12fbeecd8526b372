import { formatDate } from "../../../app/lib/format/dates.ts";
import { formatMoney, formatPercent } from "../../../app/lib/format/money.ts";
import { t } from "../../../app/lib/i18n/translate.ts";
import type { Locale } from "../../../app/lib/locale.ts";
import type { RenewalReceipt } from "../membership-mails.ts";
import { Action, Paragraph, type SumRow, Sums, Title } from "./pieces.tsx";
import type { Template } from "./template.ts";

const WORDS = {
  sv: {
    subject: (number: string) => `Kvitto ${number}`,
    title: { renewal: "Medlemskapet är förnyat", plan: "Planen är förnyad", change: "Betalningen är klar" },
    receipt: (number: string, date: string) => `Kvitto ${number}, ${date}.`,
    lines: "Det här betalade du",
    total: "Totalt",
  },
  en: {
    subject: (number: string) => `Receipt ${number}`,
    title: {
      renewal: "Your membership has been renewed",
      plan: "Your plan has been renewed",
      change: "Payment complete",
    },
    receipt: (number: string, date: string) => `Receipt ${number}, ${date}.`,
    lines: "What you paid for",
    total: "Total",
  },
};

/** A renewal was paid: what for and which days, the tax inside, the card, when the next one is. */
export const renewalReceipt: Template<"renewal-receipt"> = (locale, receipt) => {
  const words = WORDS[locale];
  const say = t(locale);
  const total = formatMoney(receipt.total, locale, "ledger");
  const paid = receipt.card
    ? say("checkout.return.paidWith", { sum: total, card: say("checkout.card", receipt.card) })
    : say("checkout.return.paid", { sum: total });
  return {
    subject: words.subject(receipt.number),
    preview: paid,
    body: (
      <>
        <Title>{words.title[receipt.occasion === "renewal" && receipt.ofPlan ? "plan" : receipt.occasion]}</Title>
        <Paragraph>
          {words.receipt(receipt.number, formatDate(receipt.paidAt, locale, "prose"))} {paid}
        </Paragraph>
        <Sums label={words.lines} rows={rows(locale, receipt, total)} />
        {receipt.nextPaymentAt ? (
          <Paragraph>
            {say("prices.nextPayment", {
              sum: formatMoney(receipt.next, locale, "ledger"),
              date: formatDate(receipt.nextPaymentAt, locale, "prose"),
            })}
          </Paragraph>
        ) : null}
        <Action href={receipt.accountUrl}>
          {say(receipt.ofPlan ? "plans.life.toPlan" : "checkout.return.toMembership")}
        </Action>
      </>
    ),
  };
};

function rows(locale: Locale, receipt: RenewalReceipt, total: string): SumRow[] {
  const { periodStartAt: from, periodEndAt: until } = receipt;
  const days = from && until ? `${formatDate(from, locale, "prose")} – ${formatDate(until, locale, "prose")}` : null;
  return [
    { key: "line", label: receipt.productName, ...(days ? { detail: days } : {}), sum: total },
    { key: "total", label: WORDS[locale].total, sum: total, strong: true },
    {
      key: "tax",
      label: t(locale)("prices.ofWhichVat", { rate: formatPercent(receipt.tax.rateBps, locale), sum: "" }).trim(),
      sum: formatMoney({ amount: receipt.tax.amount, currency: receipt.total.currency }, locale, "ledger"),
    },
  ];
}
