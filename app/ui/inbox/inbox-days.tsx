import { formatDate } from "~/lib/format/dates.ts";
import { formatLag } from "~/lib/format/lag.ts";
import { formatPercent } from "~/lib/format/money.ts";
import { useLocale, useT } from "~/lib/i18n/language.tsx";
import { BarChart } from "../bar-chart.tsx";
import { type Column, DataTable } from "../data-table.tsx";

export type InboxDay = {
  readonly day: string;
  readonly received: number;
  readonly found: number;
  readonly stopped: number;
  readonly lagP50: number | null;
  readonly lagP99: number | null;
};

/** How much never came and how long it took, day by day; the figures behind it as a table. */
export function InboxDays({ days }: { days: readonly InboxDay[] }) {
  const t = useT();
  const locale = useLocale();
  const named = (day: string) => formatDate(`${day}T12:00:00Z`, locale, "short");
  const lag = (milliseconds: number | null) =>
    milliseconds === null ? t("words.none") : formatLag(milliseconds, locale);
  const lost = ({ received, found }: InboxDay) =>
    received === 0 ? t("words.none") : formatPercent(Math.round((found / received) * 1_000) * 10, locale);
  const partial = (index: number) => index === days.length - 1;
  const columns: Column<InboxDay>[] = [
    { key: "day", header: t("webhooks.days.day"), phone: "title", cell: ({ day }) => named(day) },
    { key: "received", header: t("webhooks.days.received"), numeric: true, phone: "aside", cell: (of) => of.received },
    { key: "found", header: t("webhooks.days.found"), numeric: true, cell: (of) => of.found },
    { key: "lost", header: t("webhooks.days.share"), numeric: true, cell: lost },
    { key: "stopped", header: t("webhooks.stopped"), numeric: true, cell: (of) => of.stopped },
    { key: "half", header: t("webhooks.days.half"), numeric: true, cell: (of) => lag(of.lagP50) },
    { key: "most", header: t("webhooks.days.most"), numeric: true, cell: (of) => lag(of.lagP99) },
  ];
  return (
    <section aria-label={t("webhooks.days.title")} className="flex flex-col gap-4">
      <div className="flex flex-wrap gap-x-12 gap-y-6">
        <BarChart
          title={t("webhooks.days.loss")}
          note={t("webhooks.days.lossNote")}
          bars={days.map((of, index) => ({
            ...{ key: of.day, label: named(of.day), text: lost(of), partial: partial(index) },
            value: of.received === 0 ? null : of.found / of.received,
          }))}
        />
        <BarChart
          title={t("webhooks.days.lag")}
          note={t("webhooks.days.lagNote")}
          bars={days.map((of, index) => ({
            ...{ key: of.day, label: named(of.day), text: lag(of.lagP99), partial: partial(index) },
            value: of.lagP99,
          }))}
        />
      </div>
      <details>
        <summary className="cursor-pointer text-14">{t("webhooks.days.table")}</summary>
        <div className="mt-3">
          <DataTable caption={t("webhooks.days.title")} columns={columns} rows={days} rowKey={(of) => of.day} />
        </div>
      </details>
    </section>
  );
}
