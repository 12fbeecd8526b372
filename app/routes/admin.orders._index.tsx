import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { requireStaff } from "~/lib/guard.ts";
import { useT } from "~/lib/i18n/language.tsx";
import { t as translate } from "~/lib/i18n/translate.ts";
import { openList } from "~/lib/lists/list-view.ts";
import { ordersList } from "~/lib/lists/orders.ts";
import { pageMeta } from "~/lib/page/page-title.ts";
import { answer } from "~/lib/respond.ts";
import { GoodsBadge } from "~/ui/catalog/goods-badge.tsx";
import type { Column } from "~/ui/data-table.tsx";
import { ListPage } from "~/ui/lists/list-page.tsx";
import { Moment } from "~/ui/moment.tsx";
import { Money } from "~/ui/money.tsx";
import { StatusBadge } from "~/ui/status-badge.tsx";

export function loader(args: LoaderFunctionArgs) {
  requireStaff(args);
  return answer(args, async ({ caller, locale }) => {
    const asked = openList(args, ordersList);
    const page = await caller.orders.list({ ...asked.filters, ...asked.place, counted: true });
    return { locale, orders: page.items, list: await asked.view(page) };
  });
}

export const meta: MetaFunction<typeof loader> = ({ data }) => {
  const locale = data?.locale ?? "sv";
  return pageMeta({ title: translate(locale)("office.orders.title"), locale });
};

export default function Orders() {
  const t = useT();
  const { orders, list } = useLoaderData<typeof loader>();
  const columns: Column<(typeof orders)[number]>[] = [
    {
      key: "number",
      header: t("office.orders.number"),
      phone: "title",
      cell: (order) => <span className="whitespace-nowrap">{order.number}</span>,
    },
    {
      key: "what",
      header: t("office.orders.what"),
      phone: "title",
      cell: (order) => (
        <span className="max-md:ml-2 max-md:font-normal md:block md:max-w-[44ch] md:min-w-[16ch] wrap-anywhere">
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
    <ListPage
      definition={ordersList}
      list={list}
      columns={columns}
      rows={orders}
      rowKey={(order) => order.id}
      rowHref={(order) => `/admin/orders/${order.id}`}
    />
  );
}
