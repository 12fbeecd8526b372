import { formatDate, type Instant } from "~/lib/format/dates.ts";
import { Rich, useLocale, useT } from "~/lib/i18n/language.tsx";
import { Banner } from "../banner.tsx";

type CreditBalanceProps = {
  available: number;
  held: number;
  debt: number;
  expiring: readonly { credits: number; at: Instant }[];
  pending: readonly { credits: number; unknown: boolean; startedAt: Instant }[];
};

/** How many credits there are, what of them runs out when, and what is on its way. */
export function CreditBalance({ available, held, debt, expiring, pending }: CreditBalanceProps) {
  const t = useT();
  const locale = useLocale();
  const [next] = expiring;
  return (
    <div className="flex flex-col gap-3">
      {pending.map((one) => (
        <Banner
          key={String(one.startedAt)}
          live
          tone={one.unknown ? "warn" : "info"}
          title={t(one.unknown ? "balance.unknown" : "balance.pending", { count: one.credits })}
        />
      ))}
      <p className="tabular text-34 font-bold" data-credits={available}>
        <Rich
          message="balance.available"
          values={{ count: new Intl.NumberFormat(locale === "sv" ? "sv-SE" : "en-GB").format(available) }}
        />
      </p>
      {next && (
        <ul className="text-16">
          {expiring.slice(0, 3).map((one) => (
            <li key={String(one.at)}>
              {t("balance.expires", { count: one.credits, date: formatDate(one.at, locale, "prose") })}
            </li>
          ))}
        </ul>
      )}
      {held > 0 && <p className="text-fg-muted">{t("balance.held", { count: held })}</p>}
      {debt > 0 && (
        <Banner tone="warn" title={t("balance.debt", { count: debt })}>
          {t("balance.debtWhy")}
        </Banner>
      )}
    </div>
  );
}
