import { Link } from "@remix-run/react";
import { formatDate } from "~/lib/format/dates.ts";
import { formatMoney } from "~/lib/format/money.ts";
import { useLocale } from "~/lib/i18n/language.tsx";
import { useLifeWords } from "~/lib/memberships/plan-life-words.ts";
import type { ChangeQuote } from "../../../server/billing/change-quote.ts";

type ChangeWaysProps = {
  organizationId: string | null;
  ways: readonly ChangeQuote[];
  /** The one that is shown in full. */
  chosen: ChangeQuote["timing"];
  hrefOf: (timing: ChangeQuote["timing"]) => string;
};

/** When a change is made: each way with what is paid today and next, before anything is pressed. One is shown in full. */
export function ChangeWays({ ways, chosen, hrefOf, organizationId }: ChangeWaysProps) {
  const t = useLifeWords(organizationId);
  const locale = useLocale();
  if (ways.length < 2) return null;
  return (
    <nav aria-labelledby="ways" className="flex flex-col gap-3">
      <h2 id="ways" className="text-18 font-bold">
        {t("membership.ways")}
      </h2>
      <ul className="flex flex-col gap-2">
        {ways.map(({ timing, preview, currency, nextAmount, nextPaymentAt }) => {
          const sum = (amount: number) => formatMoney({ amount, currency }, locale, "ledger");
          return (
            <li key={timing}>
              <Link
                to={hrefOf(timing)}
                preventScrollReset
                aria-current={timing === chosen ? "true" : undefined}
                className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1 rounded-control border border-control bg-surface px-4 py-3 no-underline hover:bg-sunken hover:no-underline aria-[current]:border-fg aria-[current]:shadow-[inset_0_0_0_1px_var(--fg)]"
              >
                <span className="text-16 font-medium">{t(`membership.way.${timing}`)}</span>
                <span className="tabular text-16">
                  {preview.dueNow > 0
                    ? t("membership.way.today", { sum: sum(preview.dueNow) })
                    : t("membership.way.nothing")}
                </span>
                {nextPaymentAt && nextAmount !== undefined && (
                  <span className="tabular w-full text-14 text-fg-muted">
                    {t("membership.quote.next", {
                      sum: sum(nextAmount),
                      date: formatDate(nextPaymentAt, locale, "prose"),
                    })}
                  </span>
                )}
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
