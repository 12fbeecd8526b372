import type { AppLoadContext } from "@remix-run/node";
import { formatDate } from "~/lib/format/dates.ts";
import { formatMoney } from "~/lib/format/money.ts";
import { useLocale, useT } from "~/lib/i18n/language.tsx";
import { type Description, DescriptionList } from "../description-list.tsx";

export type QuantityOffer = Awaited<ReturnType<AppLoadContext["caller"]["billing"]["memberships"]["quoteSeats"]>>;

type QuantityTermsProps = {
  offer: QuantityOffer;
  /** How many there are then, and what each costs. */
  first: readonly Description[];
  /** What else comes with it. */
  besides?: readonly Description[];
};

/** What another number costs, and from when: what stands here is what is charged and done. */
export function QuantityTerms({ offer, first, besides = [] }: QuantityTermsProps) {
  const t = useT();
  const locale = useLocale();
  const { quote, tax } = offer;
  const { kind, preview, currency, effectiveAt, nextPaymentAt } = quote;
  const sum = (amount: number) => formatMoney({ amount, currency }, locale, "ledger");
  const day = (at: string) => formatDate(at, locale, "prose");
  const rows: Description[] = [
    ...first,
    ...preview.lines.map((line) => ({
      term: t(line.amount < 0 ? `${kind}.unused` : `${kind}.rest`, {
        from: formatDate(line.fromAt, locale, "day"),
        until: formatDate(line.untilAt, locale, "day"),
      }),
      value: sum(line.amount),
    })),
    {
      term: t(`${kind}.today`),
      value: preview.dueNow > 0 ? t(`${kind}.withTax`, { sum: sum(preview.dueNow), tax: sum(tax.amount) }) : sum(0),
    },
    ...(effectiveAt ? [{ term: t(`${kind}.from`), value: day(effectiveAt) }] : []),
    ...besides,
    ...(nextPaymentAt
      ? [
          {
            term: t(`${kind}.next`),
            value: t(`${kind}.nextOn`, { sum: sum(quote.nextAmount ?? quote.amount), date: day(nextPaymentAt) }),
          },
        ]
      : []),
  ];
  return <DescriptionList rows={rows} />;
}
