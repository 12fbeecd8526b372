import { formatDate } from "../../../app/lib/format/dates.ts";
import { formatMoney, formatPercent } from "../../../app/lib/format/money.ts";
import { t } from "../../../app/lib/i18n/translate.ts";
import { type Locale, pageIn } from "../../../app/lib/locale.ts";
import { trialSentence } from "../../../app/lib/memberships/trial-words.ts";
import type { OrderConfirmation } from "../order-mails.ts";
import { DeliveryAddress } from "./delivery-address.tsx";
import { Action, Paragraph, Subtitle, type SumRow, Sums, TextLink, Title } from "./pieces.tsx";
import type { Template } from "./template.ts";

const WORDS = {
  sv: {
    subject: (number: string) => `Kvitto och orderbekräftelse ${number}`,
    title: "Köpet är klart",
    placed: (number: string, date: string) => `Order ${number}, ${date}.`,
    lines: "Det här köpte du",
    quantity: (count: number) => `× ${count}`,
    total: "Totalt",
    withdrawal: "Ångerrätt",
    goods: "Varor: du kan ångra köpet till och med 14 dagar efter att du fick dem.",
    service: (date: string) => `Medlemskap: du kan ångra köpet till och med den ${date}.`,
    started: "Du bad oss börja direkt, så du betalar bara för dagarna som gått om du ångrar dig.",
    how: "Så gör du",
    action: "Se ordern",
  },
  en: {
    subject: (number: string) => `Receipt and order confirmation ${number}`,
    title: "Your purchase is complete",
    placed: (number: string, date: string) => `Order ${number}, ${date}.`,
    lines: "What you bought",
    quantity: (count: number) => `× ${count}`,
    total: "Total",
    withdrawal: "Right of withdrawal",
    goods: "Goods: you can withdraw from the purchase until 14 days after you received them.",
    service: (date: string) => `Membership: you can withdraw from the purchase until ${date}.`,
    started: "You asked us to start right away, so if you withdraw you only pay for the days that have passed.",
    how: "How to withdraw",
    action: "View order",
  },
};

const WITHDRAWAL_DAYS = 14;
const DAY = 86_400_000;

/** The receipt: what was bought, the tax per rate, where it goes, and the right to withdraw (a durable medium by law). */
export const orderConfirmation: Template<"order-confirmation"> = (locale, order, sender) => {
  const words = WORDS[locale];
  const total = formatMoney({ amount: order.totalAmount, currency: order.currency }, locale, "ledger");
  const date = formatDate(order.placedAt, locale, "prose");
  const paid = order.card
    ? t(locale)("checkout.return.paidWith", { sum: total, card: t(locale)("checkout.card", order.card) })
    : t(locale)("checkout.return.paid", { sum: total });
  return {
    subject: words.subject(order.number),
    preview: paid,
    body: (
      <>
        <Title>{words.title}</Title>
        <Paragraph>
          {words.placed(order.number, date)} {paid}
        </Paragraph>
        <Sums label={words.lines} rows={sums(locale, order, total)} />
        {order.trial ? (
          <Paragraph>
            {trialSentence(
              {
                sum: formatMoney(order.trial.later, locale, "ledger"),
                date: formatDate(order.trial.endsAt, locale, "prose"),
                count: order.trial.noticeDays,
                withoutCard: order.trial.withoutCard,
              },
              locale,
            )}
          </Paragraph>
        ) : null}
        <Action href={order.orderUrl}>{words.action}</Action>
        {order.shippingAddress ? <DeliveryAddress locale={locale} address={order.shippingAddress} /> : null}
        <Withdrawal
          locale={locale}
          order={order}
          termsUrl={new URL(`${pageIn("/terms", locale)}#withdrawal`, sender.baseUrl).href}
        />
      </>
    ),
  };
};

function sums(locale: Locale, order: OrderConfirmation, total: string): SumRow[] {
  const { currency } = order;
  const inLedger = (amount: number) => formatMoney({ amount, currency }, locale, "ledger");
  const lines = order.lines.map((line, position) => ({
    key: `line ${position}`,
    label: line.name,
    ...(line.quantity > 1 ? { detail: WORDS[locale].quantity(line.quantity) } : {}),
    sum: inLedger(line.totalAmount),
  }));
  const taxes = order.taxes.map((tax) => ({
    key: `tax ${tax.rateBps}`,
    label: t(locale)("prices.ofWhichVat", { rate: formatPercent(tax.rateBps, locale), sum: "" }).trim(),
    sum: inLedger(tax.amount),
  }));
  return [...lines, { key: "total", label: WORDS[locale].total, sum: total, strong: true }, ...taxes];
}

function Withdrawal({ locale, order, termsUrl }: { locale: Locale; order: OrderConfirmation; termsUrl: string }) {
  const words = WORDS[locale];
  const has = (kind: OrderConfirmation["withdrawal"][number]) => order.withdrawal.includes(kind);
  if (order.withdrawal.length === 0) return null;
  const lastDay = formatDate(new Date(order.placedAt.getTime() + WITHDRAWAL_DAYS * DAY), locale, "prose");
  return (
    <>
      <Subtitle>{words.withdrawal}</Subtitle>
      <Paragraph>
        {[
          has("goods") ? words.goods : null,
          has("service") || has("service_started") ? words.service(lastDay) : null,
          has("service_started") ? words.started : null,
        ]
          .filter((sentence) => sentence !== null)
          .join(" ")}{" "}
        <TextLink href={termsUrl}>{words.how}</TextLink>
      </Paragraph>
    </>
  );
}
