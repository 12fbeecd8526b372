import type { CatalogItem } from "~/lib/catalog/catalog-types.ts";
import { priceFacts, priceLines } from "~/lib/checkout/price-view.ts";
import { useLocale, useT } from "~/lib/i18n/language.tsx";
import { type Period, variantPaidBy, yearlySaving } from "~/lib/memberships/memberships.ts";
import { Money } from "../money.tsx";

const PERIODS: readonly Period[] = ["month", "year"];

/**
 * What each membership costs by the month and by the year, side by side. One at a campaign price is left out: a table has
 * no room for the price it was reduced from, and no price may stand here that is not the one charged.
 */
export function MembershipComparison({ memberships }: { memberships: readonly CatalogItem[] }) {
  const t = useT();
  const locale = useLocale();
  const shown = memberships.filter(({ variants }) => variants.every(({ price }) => price.campaign === null));
  return (
    <table className="w-full text-left">
      <caption className="sr-only">{t("shop.memberships.compare")}</caption>
      <thead>
        <tr className="border-b border-line-strong text-14 text-fg-muted">
          <th scope="col" className="py-3 pr-6 font-medium">
            {t("shop.memberships.title")}
          </th>
          {PERIODS.map((period) => (
            <th key={period} scope="col" className="px-3 py-3 text-right font-medium">
              {t(`shop.memberships.per.${period}`)}
            </th>
          ))}
          <th scope="col" className="py-3 pl-3 text-right font-medium">
            {t("shop.memberships.savesColumn")}
          </th>
        </tr>
      </thead>
      <tbody>
        {shown.map((membership) => {
          const saving = yearlySaving(membership);
          return (
            <tr key={membership.id} className="border-b border-line">
              <th scope="row" className="py-3 pr-6 font-medium">
                {membership.name}
              </th>
              {PERIODS.map((period) => {
                const price = variantPaidBy(membership, period)?.price;
                return (
                  <td key={period} className="px-3 py-3 text-right">
                    {price ? (
                      <>
                        <Money of={{ amount: price.amount, currency: price.currency }} style="shop" />
                        {priceLines(priceFacts(price), locale).terms.map((term) => (
                          <span key={term} className="block text-14 text-fg-muted">
                            {term}
                          </span>
                        ))}
                      </>
                    ) : (
                      t("words.none")
                    )}
                  </td>
                );
              })}
              <td className="py-3 pl-3 text-right">
                {saving === null ? (
                  t("words.none")
                ) : (
                  <Money of={{ amount: saving, currency: membership.price.currency }} style="shop" />
                )}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
