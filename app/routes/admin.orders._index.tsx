import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData, useNavigation } from "@remix-run/react";
import { requireStaff } from "~/lib/guard.ts";
import { useT } from "~/lib/i18n/language.tsx";
import { t as translate } from "~/lib/i18n/translate.ts";
import { listPage } from "~/lib/list-page.ts";
import { pageMeta } from "~/lib/page-title.ts";
import { answer } from "~/lib/respond.ts";
import { statesOf } from "~/lib/statuses.ts";
import { type Column, DataTable } from "~/ui/data-table.tsx";
import { EmptyState } from "~/ui/empty-state.tsx";
import { Field } from "~/ui/field.tsx";
import { FilterBar } from "~/ui/filter-bar.tsx";
import { GoodsBadge } from "~/ui/goods-badge.tsx";
import { KeysetPaging } from "~/ui/keyset-paging.tsx";
import { Moment } from "~/ui/moment.tsx";
import { Money } from "~/ui/money.tsx";
import { StateFilter } from "~/ui/state-filter.tsx";
import { StatusBadge } from "~/ui/status-badge.tsx";

const STATES = statesOf("order");

export function loader(args: LoaderFunctionArgs) {
  requireStaff(args);
  return answer(args, async ({ caller, locale }) => {
    const page = listPage(args.request);
    const filters = { status: page.choice("status", STATES), q: page.filter("q")?.slice(0, 200) };
    const list = await caller.orders.list({ ...filters, cursor: page.cursor });
    const hrefs = { next: page.nextHref(list.nextCursor), first: page.firstHref };
    return { locale, orders: list.items, hrefs, filters, filtered: page.filtered };
  });
}

export const meta: MetaFunction<typeof loader> = ({ data }) => {
  const locale = data?.locale ?? "sv";
  return pageMeta({ title: translate(locale)("office.orders.title"), locale });
};

export default function Orders() {
  const t = useT();
  const { orders, hrefs, filters, filtered } = useLoaderData<typeof loader>();
  const navigation = useNavigation();
  const columns: Column<(typeof orders)[number]>[] = [
    { key: "number", header: t("office.orders.number"), phone: "title", cell: (order) => order.number },
    {
      key: "what",
      header: t("office.orders.what"),
      phone: "title",
      cell: (order) => (
        <span className="max-md:ml-2 max-md:font-normal">
          {order.what.map((line) => (line.quantity > 1 ? `${line.quantity} × ${line.name}` : line.name)).join(", ")}
        </span>
      ),
    },
    {
      key: "buyer",
      header: t("office.orders.buyer"),
      cell: (order) => <span className="break-all">{order.email}</span>,
    },
    {
      key: "payment",
      header: t("office.orders.payment"),
      phone: "status",
      cell: (order) =>
        order.paymentStatus ? <StatusBadge of="payment" state={order.paymentStatus} /> : t("words.none"),
    },
    {
      key: "goods",
      header: t("office.orders.goods"),
      phone: "status",
      cell: (order) => <GoodsBadge status={order.fulfilmentStatus} paid={order.paidAt !== null} />,
    },
    {
      key: "placed",
      header: t("office.orders.placed"),
      phone: "meta",
      cell: (order) => <Moment at={order.placedAt} withTime />,
    },
    {
      key: "total",
      header: t("office.orders.total"),
      numeric: true,
      phone: "aside",
      cell: (order) => <Money of={{ amount: order.totalAmount, currency: order.currency }} />,
    },
  ];
  return (
    <div className="flex flex-col gap-6">
      <h1 className="text-26 font-bold">{t("office.orders.title")}</h1>
      <FilterBar label={t("office.orders.title")} clearHref={filtered ? "/admin/orders" : undefined}>
        <Field compact type="search" name="q" label={t("office.orders.query")} defaultValue={filters.q} />
        <StateFilter of="order" states={STATES} current={filters.status} />
      </FilterBar>
      {orders.length === 0 ? (
        <EmptyState title={t(filtered ? "office.orders.noneMatch" : "office.orders.none")} />
      ) : (
        <DataTable
          caption={t("office.orders.title")}
          columns={columns}
          rows={orders}
          rowKey={(order) => order.id}
          rowHref={(order) => `/admin/orders/${order.id}`}
          stale={navigation.state === "loading" && navigation.location.pathname === "/admin/orders"}
        />
      )}
      <KeysetPaging previousHref={hrefs.first} nextHref={hrefs.next} />
    </div>
  );
}
