import { type PriceFacts, priceLines } from "~/lib/checkout/price-view.ts";
import type { MoneyStyle } from "~/lib/format/money.ts";
import { useLocale, useT } from "~/lib/i18n/language.tsx";
import { Badge } from "../badge.tsx";
import { classNames } from "../class-names.ts";

type PriceProps = PriceFacts & {
  /** `hero` and `card` show every line; `line` is for a row of a table or cart. */
  size?: "hero" | "card" | "line";
  /** Once per group of prices. */
  tax?: "incl" | "excl" | null;
  /** `ledger` beside sums of the account, which always have two decimals. */
  style?: MoneyStyle;
};

const AMOUNT = {
  hero: "text-34 font-bold",
  card: "text-26 font-bold",
  line: "text-16 font-medium",
} as const;

/** What is charged, its 30-day low when it is reduced, and what is charged later. */
export function Price({ size = "card", tax = "incl", style, ...facts }: PriceProps) {
  const t = useT();
  const locale = useLocale();
  const lines = priceLines(facts, locale, style);
  return (
    <div className="tabular flex flex-col items-start gap-1">
      {lines.tag && <Badge tone="campaign">{lines.tag}</Badge>}
      <p className="flex flex-wrap items-baseline gap-x-2">
        <span>
          <span className="sr-only">{lines.tag ? t("prices.campaignPrice") : t("prices.price")} </span>
          <span className={AMOUNT[size]}>{lines.amount}</span>
          <span className={classNames(size === "line" ? "text-16" : "text-18")}>{lines.suffix}</span>
        </span>
        {tax && (
          <span className="text-14 text-fg-muted">{t(tax === "incl" ? "prices.inclVat" : "prices.exclVat")}</span>
        )}
      </p>
      {lines.lowest30 && <p className="text-16">{lines.lowest30}</p>}
      {lines.term && <p className="text-14">{lines.term}</p>}
      {lines.terms.length > 0 && <p className={size === "line" ? "text-14" : "text-16"}>{lines.terms.join(" ")}</p>}
    </div>
  );
}
