import { useT } from "~/lib/i18n/language.tsx";
import type { MonthSums as Sums } from "../../../server/reporting/month-rows.ts";
import { Money } from "../money.tsx";
import { Stat, Stats } from "../stat.tsx";

/** What a stretch of months came to: money for each currency, people, seats where any were bought, and mails. */
export function MonthSums({ of }: { of: Sums }) {
  const t = useT();
  const several = of.money.length > 1;
  const sums = (amount: (row: Sums["money"][number]) => number) => (
    <span className="flex flex-col">
      {of.money.map((row) => (
        <Money key={row.currency} withCode={several} of={{ amount: amount(row), currency: row.currency }} />
      ))}
    </span>
  );
  if (of.money.length === 0) return null;
  return (
    <Stats>
      <Stat
        label={t("report.charged")}
        value={sums((row) => row.charged)}
        note={t("report.ofCharges", { count: of.charges })}
      />
      <Stat
        label={t("report.recovered")}
        value={sums((row) => row.recovered)}
        note={`${t("report.ofRecoveries", { count: of.recoveries })}, ${t("report.ofRefusals", { count: of.refusals })}`}
      />
      <Stat label={t("report.refunded")} value={sums((row) => row.refunded)} />
      <Stat label={t("report.started")} value={of.started} />
      <Stat label={t("report.ended")} value={of.ended} />
      {of.moreSeats + of.fewerSeats > 0 && (
        <Stat
          label={t("report.moreSeats")}
          value={of.moreSeats}
          note={t("report.ofFewerSeats", { count: of.fewerSeats })}
        />
      )}
      <Stat label={t("report.mails")} value={of.mails} />
    </Stats>
  );
}
