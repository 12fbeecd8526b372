import { Check } from "lucide-react";
import type { ReactNode } from "react";
import type { CatalogItem, CatalogVariant } from "~/lib/catalog/catalog-types.ts";
import { paidToday, priceFacts } from "~/lib/checkout/price-view.ts";
import { formatMoney } from "~/lib/format/money.ts";
import { useLocale, useT } from "~/lib/i18n/language.tsx";
import { yearlySaving } from "~/lib/memberships/memberships.ts";
import { useRootData } from "~/lib/page/root-data.ts";
import { Art } from "../art/art.tsx";
import { classNames } from "../class-names.ts";
import { Icon } from "../icon.tsx";
import { Price } from "../pricing/price.tsx";
import { RenewalLine } from "./renewal-line.tsx";

type MembershipCardProps = {
  membership: CatalogItem;
  variant: CatalogVariant;
  /** How to get it, or that one has it. */
  children: ReactNode;
  /** A word on the card's edge, such as "Your plan". */
  mark?: string | null;
  brief?: boolean;
  /** The visitor has had a trial before, so that this begins without one. */
  trialUsed?: boolean;
  /** How many would be bought. */
  units?: number;
};

/** A membership: for whom, what it costs now and later, what it includes. */
export function MembershipCard({
  membership,
  variant,
  children,
  mark,
  brief = false,
  trialUsed = false,
  units = 1,
}: MembershipCardProps) {
  const t = useT();
  const locale = useLocale();
  const businessNow = useRootData()?.businessNow;
  const { trial, currency, amount } = variant.price;
  const facts = { ...priceFacts(variant.price), ...(trialUsed ? { trial: null } : {}) };
  const today = { amount: paidToday(variant.price, trialUsed, units), currency };
  const trialLine = trial &&
    !trialUsed &&
    businessNow && {
      ...{
        today,
        sum: { amount: amount * units, currency },
        noticeDays: trial.noticeDays,
        withoutCard: trial.withoutCard,
      },
      endsAt: new Date(new Date(businessNow).getTime() + trial.days * 86_400_000),
    };
  const words = mark ?? (membership.recommended ? t("shop.memberships.recommended") : null);
  const saving = variant.price.interval === "year" ? yearlySaving(membership) : null;
  return (
    <article
      aria-labelledby={`${variant.id}-name`}
      className={classNames(
        "relative flex flex-col gap-4 rounded-card border bg-surface p-5 md:p-6",
        membership.recommended ? "border-fg" : "border-line",
      )}
    >
      {words && (
        // On the edge, so that names and prices stay in line with those of the cards beside it.
        <p className="absolute -top-3 left-4 rounded-tag bg-solid px-2 py-0.5 text-13 font-medium text-on-solid md:left-5">
          {words}
        </p>
      )}
      <div className="flex items-start justify-between gap-4">
        <h2 id={`${variant.id}-name`} className="text-26">
          {membership.name}
        </h2>
        <Art name={membership.art} className="-mt-1 size-16" />
      </div>
      <p className="sm:min-h-18">{membership.summary}</p>
      <Price {...facts} />
      {saving !== null && (
        <p>
          {t("shop.memberships.saves", {
            sum: formatMoney({ amount: saving, currency: variant.price.currency }, locale, "shop"),
          })}
        </p>
      )}
      {trial && trialUsed && (
        <p className="text-16">{t("prices.trialUsed", { sum: formatMoney(today, locale, "shop") })}</p>
      )}
      {facts.interval && <RenewalLine interval={facts.interval} next={null} trial={trialLine || null} />}
      {!brief && (
        <>
          <h3 className="sr-only">{t("shop.memberships.includes")}</h3>
          <ul className="flex flex-col gap-2">
            {membership.includes.map((line) => (
              <li key={line} className="grid grid-cols-[1.25rem_1fr] gap-x-2">
                <Icon of={Check} className="mt-0.5" />
                {line}
              </li>
            ))}
          </ul>
        </>
      )}
      <div className="mt-auto flex flex-col gap-4 pt-2">{children}</div>
    </article>
  );
}
