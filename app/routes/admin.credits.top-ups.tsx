import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { topUpAdvice } from "~/lib/credits/top-up-words.ts";
import { requireStaff } from "~/lib/guard.ts";
import { useT } from "~/lib/i18n/language.tsx";
import { t as translate } from "~/lib/i18n/translate.ts";
import { openList } from "~/lib/lists/list-view.ts";
import { topUpsList } from "~/lib/lists/top-ups.ts";
import { pageMeta } from "~/lib/page/page-title.ts";
import { answer } from "~/lib/respond.ts";
import { Badge } from "~/ui/badge.tsx";
import { LedgerAmount } from "~/ui/credits/ledger-amount.tsx";
import type { Column } from "~/ui/data-table.tsx";
import { ListPage } from "~/ui/lists/list-page.tsx";
import { Moment } from "~/ui/moment.tsx";
import { Money } from "~/ui/money.tsx";

const TONES = { created: "info", unknown: "warn", completed: "ok", failed: "bad" } as const;
type Shown = keyof typeof TONES;

export function loader(args: LoaderFunctionArgs) {
  requireStaff(args);
  return answer(args, async ({ caller, locale }) => {
    const asked = openList(args, topUpsList);
    const page = await caller.checkout.topUps({ ...asked.filters, ...asked.place, counted: true });
    return { locale, topUps: page.items, list: await asked.view(page) };
  });
}

export const meta: MetaFunction<typeof loader> = ({ data }) => {
  const locale = data?.locale ?? "sv";
  return pageMeta({ title: translate(locale)("crediting.topUps"), locale });
};

/** Credits that were bought by themselves: what became of each, and what to do where something is wrong. */
export default function TopUps() {
  const t = useT();
  const { topUps, list } = useLoaderData<typeof loader>();
  const columns: Column<(typeof topUps)[number]>[] = [
    {
      key: "buyer",
      header: t("office.orders.buyer"),
      phone: "title",
      cell: (row) => <span className="break-all">{row.email}</span>,
    },
    {
      key: "status",
      header: t("office.state"),
      phone: "status",
      cell: (row) => {
        const state: Shown = row.status in TONES ? (row.status as Shown) : "unknown";
        return <Badge tone={TONES[state]}>{t(`crediting.topUp.${state}`)}</Badge>;
      },
    },
    {
      key: "credits",
      header: t("crediting.credits"),
      numeric: true,
      cell: (row) => <LedgerAmount of={{ amount: row.credits, currency: "CREDIT" }} />,
    },
    {
      key: "todo",
      header: t("crediting.topUp.do"),
      phone: "status",
      cell: (row) => {
        const advice = topUpAdvice(row);
        return (
          <span className="flex max-w-prose flex-col gap-1">
            {advice && <span>{t(advice)}</span>}
            {row.failureCode && <code className="font-mono text-13">{row.failureCode}</code>}
            {row.stopped && <span className="text-fg-muted">{t("crediting.topUp.stopped")}</span>}
          </span>
        );
      },
    },
    {
      key: "order",
      header: t("office.orders.number"),
      cell: (row) =>
        row.orderId ? <Link to={`/admin/orders/${row.orderId}`}>{row.orderNumber}</Link> : t("words.none"),
    },
    {
      key: "created",
      header: t("refunds.when"),
      phone: "meta",
      cell: (row) => <Moment at={row.createdAt} withTime />,
    },
    {
      key: "sum",
      header: t("refunds.sum"),
      numeric: true,
      phone: "aside",
      cell: (row) => <Money of={{ amount: row.totalAmount, currency: row.currency }} />,
    },
  ];
  return (
    <ListPage
      definition={topUpsList}
      list={list}
      columns={columns}
      rows={topUps}
      rowKey={(row) => row.id}
      rowHref={(row) => `/admin/credits/${row.customerId}`}
    />
  );
}
