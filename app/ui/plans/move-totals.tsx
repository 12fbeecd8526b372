import type { AppLoadContext } from "@remix-run/node";
import { useT } from "~/lib/i18n/language.tsx";
import { type Column, DataTable } from "../data-table.tsx";
import { RecurringSum } from "../pricing/recurring-sum.tsx";

type Report = Awaited<ReturnType<AppLoadContext["caller"]["plans"]["migrations"]["preview"]>>;
type Total = Report["totals"][number];

/** How many are moved and how many are not, and what they pay together before and after. */
export function MoveTotals({ totals }: { totals: readonly Total[] }) {
  const t = useT();
  const columns: Column<Total>[] = [
    {
      key: "what",
      header: t("moving.outcome"),
      phone: "title",
      cell: (total) => (total.obstacle ? t(`moving.obstacle.${total.obstacle}`) : t("moving.moved")),
    },
    { key: "count", header: t("moving.count"), numeric: true, phone: "status", cell: (total) => total.count },
    {
      key: "before",
      header: t("moving.now"),
      numeric: true,
      phone: "meta",
      cell: (total) => <RecurringSum of={{ ...total, amount: total.before, intervalCount: 1 }} />,
    },
    {
      key: "after",
      header: t("moving.then"),
      numeric: true,
      phone: "aside",
      cell: (total) =>
        total.obstacle ? t("words.none") : <RecurringSum of={{ ...total, amount: total.after, intervalCount: 1 }} />,
    },
  ];
  return (
    <DataTable
      caption={t("moving.totals")}
      columns={columns}
      rows={totals}
      rowKey={(total) => `${total.currency}${total.interval}${total.obstacle}`}
    />
  );
}
