import { Form } from "@remix-run/react";
import type { ReactNode } from "react";
import { formatDate, formatTime } from "~/lib/format/dates.ts";
import { formatMoney, formatPercent, formatPricePerInterval } from "~/lib/format/money.ts";
import { useLocale } from "~/lib/i18n/language.tsx";
import { cardBrand } from "~/lib/memberships/card-name.ts";
import { useLifeWords } from "~/lib/memberships/plan-life-words.ts";
import type { ChangeQuote } from "../../../server/billing/change-quote.ts";
import { LinkButton } from "../link-button.tsx";
import { SubmitButton } from "../submit-button.tsx";

type PlanQuoteProps = {
  quote: ChangeQuote;
  sealed: string;
  formKey: string;
  organizationId: string | null;
  from: string;
  to: string;
  /** The tax inside what is charged, in minor units. */
  tax: { amount: number; rateBps: number };
  card: { brand: string; last4: string } | null;
  trialing: boolean;
  /** Where one comes back to without changing anything. */
  backTo: string;
  /** The ways to choose among, above what the chosen one costs. */
  children?: ReactNode;
};

/** What a change costs, line by line, and the button with the sum on it: what stands here is what is charged. */
export function PlanQuote(props: PlanQuoteProps) {
  const { quote, sealed, formKey, organizationId, from, to, tax, card, trialing, backTo, children } = props;
  const t = useLifeWords(organizationId);
  const locale = useLocale();
  const { preview, amount, currency, interval, intervalCount, effectiveAt, nextPaymentAt, timing } = quote;
  const nextAmount = quote.nextAmount ?? amount;
  const waits = timing === "next_invoice";
  const sum = (of: number) => formatMoney({ amount: of, currency }, locale, "ledger");
  const day = (at: string) => formatDate(at, locale, "prose");
  const price = formatPricePerInterval(
    { amount, currency },
    { unit: interval, count: intervalCount },
    locale,
    "ledger",
  );
  const charged = preview.dueNow > 0;
  const ends = quote.trial?.ends ?? "kept";
  return (
    <div className="flex max-w-form flex-col gap-6">
      <h1 className="text-26">{t("membership.quote.title", { from, to })}</h1>
      {quote.promoted && <p>{t("membership.quote.promoted")}</p>}
      {children}
      {preview.lines.length > 0 && (
        <table className="tabular w-full">
          <caption className="sr-only">{t(waits ? "membership.quote.carried" : "membership.quote.today")}</caption>
          <tbody>
            {preview.lines.map((line) => (
              <tr key={`${line.fromAt}:${line.amount}`} className="border-b border-line">
                <th scope="row" className="py-3 pr-4 text-left font-normal">
                  {t(lineWords(line, quote), {
                    product: line.amount < 0 ? from : to,
                    from: formatDate(line.fromAt, locale, "day"),
                    until: formatDate(line.untilAt, locale, "day"),
                  })}
                </th>
                <td className="py-3 text-right whitespace-nowrap">{sum(line.amount)}</td>
              </tr>
            ))}
            <tr>
              <th scope="row" className="py-3 pr-4 text-left text-18 font-bold">
                {t(waits ? "membership.quote.carried" : "membership.quote.today")}
              </th>
              <td className="py-3 text-right text-18 font-bold whitespace-nowrap">
                {sum(waits ? preview.total : preview.dueNow)}
              </td>
            </tr>
          </tbody>
        </table>
      )}
      <div className="flex flex-col gap-1">
        {charged && (
          <p className="text-14 text-fg-muted">
            {t("membership.quote.vat", { percent: formatPercent(tax.rateBps, locale), sum: sum(tax.amount) })}
          </p>
        )}
        {!charged && <p className="text-18">{t("membership.quote.nothing")}</p>}
        {(quote.extraBefore > 0 || quote.extraSeats > 0) && (
          <p>
            {quote.extraSeats > 0
              ? t("seats.carried", { count: quote.quantity, extra: quote.extraSeats })
              : t("seats.notCarried", { count: quote.extraBefore })}
          </p>
        )}
        {organizationId === null && quote.unitsBefore > 1 && (
          <p>
            {t(quote.quantity < quote.unitsBefore ? "units.notCarried" : "units.carried", {
              count: quote.quantity,
              before: quote.unitsBefore,
            })}
          </p>
        )}
        {!waits && preview.total < 0 && <p>{t("membership.quote.credited", { sum: sum(-preview.total) })}</p>}
        {timing === "new_cycle" && <p>{t("membership.quote.cycle", { price })}</p>}
        {effectiveAt && <p>{t("membership.quote.until", { product: from, date: day(effectiveAt), to, price })}</p>}
        {ends === "now" && <p>{t("membership.quote.trialEnds", { product: to })}</p>}
        {ends === "moved" && nextPaymentAt && (
          <p>
            {t("membership.quote.trialMoved", {
              date: day(nextPaymentAt),
              before: day(quote.periodEndAt ?? nextPaymentAt),
              sum: sum(nextAmount),
            })}
          </p>
        )}
        {trialing && ends === "kept" && nextPaymentAt && (
          <p>{t("membership.quote.trial", { date: day(nextPaymentAt), sum: sum(nextAmount) })}</p>
        )}
        {nextPaymentAt && (!trialing || ends === "now") && (
          <p>{t("membership.quote.next", { sum: sum(nextAmount), date: day(nextPaymentAt) })}</p>
        )}
        {charged && card && (
          <p>
            {t("membership.quote.card", {
              card: t("checkout.card", { brand: cardBrand(card.brand), last4: card.last4 }),
            })}
          </p>
        )}
        {charged && <p>{t("membership.quote.stay", { product: from })}</p>}
        <p className="text-14 text-fg-muted">
          {t("membership.quote.valid", { time: formatTime(quote.expiresAt, locale) })}
        </p>
      </div>
      <Form method="post" className="flex flex-col gap-3">
        <input type="hidden" name="quote" value={sealed} />
        <input type="hidden" name="formKey" value={formKey} />
        <SubmitButton variant="primary" size="large" full>
          {charged
            ? t("membership.quote.pay", { sum: sum(preview.dueNow) })
            : effectiveAt
              ? t("membership.quote.later", { date: day(effectiveAt) })
              : t("membership.quote.free")}
        </SubmitButton>
        <LinkButton to={backTo} size="large" full>
          {t("membership.quote.keep", { product: from })}
        </LinkButton>
      </Form>
    </div>
  );
}

/** A line of this change, or of one before it that waits for the same invoice. */
function lineWords(line: ChangeQuote["preview"]["lines"][number], { prorationAt, stripePriceId }: ChangeQuote) {
  if (line.fromAt !== prorationAt && line.stripePriceId !== stripePriceId) return "membership.quote.earlier";
  return line.amount < 0 ? "membership.quote.unused" : "membership.quote.rest";
}
