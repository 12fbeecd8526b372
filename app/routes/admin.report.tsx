import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { formatMonth } from "~/lib/format/dates.ts";
import { formatPercent, severalCurrencies } from "~/lib/format/money.ts";
import { requireStaff } from "~/lib/guard.ts";
import { useLocale, useT } from "~/lib/i18n/language.tsx";
import { t as translate } from "~/lib/i18n/translate.ts";
import { openList } from "~/lib/lists/list-view.ts";
import { monthsList } from "~/lib/lists/months.ts";
import { pageMeta } from "~/lib/page/page-title.ts";
import { answer } from "~/lib/respond.ts";
import type { Column } from "~/ui/data-table.tsx";
import { ListPage } from "~/ui/lists/list-page.tsx";
import { Money } from "~/ui/money.tsx";
import { MonthSums } from "~/ui/office/month-sums.tsx";

export function loader(args: LoaderFunctionArgs) {
  requireStaff(args);
  return answer(args, async ({ caller, locale }) => {
    const asked = openList(args, monthsList);
    const page = await caller.reporting.months({ ...asked.filters, ...asked.place, counted: true });
    return { locale, months: page.items, sums: page.sums, list: await asked.view(page) };
  });
}

export const meta: MetaFunction<typeof loader> = ({ data }) => {
  const locale = data?.locale ?? "sv";
  return pageMeta({ title: translate(locale)("report.title"), locale });
};

/** What happened with memberships, month by month: in a shop that runs, and in one whose year was rehearsed. */
export default function Report() {
  const t = useT();
  const locale = useLocale();
  const { months, sums, list } = useLoaderData<typeof loader>();
  const several = severalCurrencies(months);
  type Row = (typeof months)[number];
  const number = (
    key: keyof Row & ("members" | "started" | "ended" | "lost" | "charges" | "refusals" | "moreSeats" | "fewerSeats"),
  ) => ({ key, header: t(`report.${key}`), numeric: true, cell: (row: Row) => row[key] }) satisfies Column<Row>;
  const money = (key: "charged" | "recovered" | "refunded") =>
    ({
      key,
      header: t(`report.${key}`),
      numeric: true,
      cell: (row: Row) => <Money withCode={several} of={{ amount: row[key], currency: row.currency }} />,
    }) satisfies Column<Row>;
  const columns: Column<Row>[] = [
    {
      key: "month",
      header: t("report.month"),
      phone: "title",
      cell: (row) => <span className="whitespace-nowrap">{formatMonth(row.month, locale)}</span>,
    },
    { ...money("charged"), phone: "aside" },
    number("charges"),
    number("members"),
    number("started"),
    number("ended"),
    number("lost"),
    {
      key: "churn",
      header: t("report.churn"),
      numeric: true,
      cell: (row) => (row.churnBps === null ? "–" : formatPercent(row.churnBps, locale)),
    },
    number("refusals"),
    money("recovered"),
    money("refunded"),
    ...(sums.moreSeats + sums.fewerSeats > 0 ? [number("moreSeats"), number("fewerSeats")] : []),
    { key: "mails", header: t("report.mails"), numeric: true, cell: (row) => row.mails ?? "" },
  ];
  return (
    <ListPage definition={monthsList} list={list} columns={columns} rows={months} rowKey={(row) => row.id}>
      <p className="max-w-prose text-fg-muted">{t("report.about")}</p>
      <MonthSums of={sums} />
    </ListPage>
  );
}
