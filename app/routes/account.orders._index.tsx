import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { requireSignedIn } from "~/lib/guard.ts";
import { useT } from "~/lib/i18n/language.tsx";
import { t as translate } from "~/lib/i18n/translate.ts";
import { listPage } from "~/lib/list-page.ts";
import type { BuyerOrder } from "~/lib/memberships/account-types.ts";
import { hasCustomer } from "~/lib/orders/has-customer.ts";
import { pageMeta } from "~/lib/page/page-title.ts";
import { answer } from "~/lib/respond.ts";
import { type Column, DataTable } from "~/ui/data-table.tsx";
import { EmptyState } from "~/ui/empty-state.tsx";
import { KeysetPaging } from "~/ui/keyset-paging.tsx";
import { LinkButton } from "~/ui/link-button.tsx";
import { Moment } from "~/ui/moment.tsx";
import { Money } from "~/ui/money.tsx";
import { OrderBadges } from "~/ui/orders/order-badges.tsx";

export function loader(args: LoaderFunctionArgs) {
  const viewer = requireSignedIn(args);
  return answer(args, async ({ caller, locale }) => {
    const list = listPage(args.request);
    const mine = hasCustomer(viewer)
      ? await caller.orders.mine.list({ cursor: list.cursor })
      : { items: [], nextCursor: null };
    return { locale, orders: mine.items, firstHref: list.firstHref, nextHref: list.nextHref(mine.nextCursor) };
  });
}

export const meta: MetaFunction<typeof loader> = ({ data }) => {
  const locale = data?.locale ?? "sv";
  return pageMeta({ title: translate(locale)("account.orders.title"), locale });
};

export default function Orders() {
  const t = useT();
  const { orders, firstHref, nextHref } = useLoaderData<typeof loader>();
  const columns: Column<BuyerOrder>[] = [
    { key: "number", header: t("account.orders.number"), cell: (row) => row.number, phone: "title" },
    { key: "placed", header: t("account.billing.date"), cell: (row) => <Moment at={row.placedAt} />, phone: "meta" },
    { key: "what", header: t("account.billing.what"), cell: (row) => row.lines.map((line) => line.name).join(" · ") },
    {
      key: "status",
      header: t("account.billing.status"),
      cell: (row) => <OrderBadges order={row} />,
      phone: "status",
    },
    {
      key: "sum",
      header: t("account.billing.sum"),
      numeric: true,
      cell: (row) => <Money of={{ amount: row.totalAmount, currency: row.currency }} />,
      phone: "aside",
    },
  ];
  return (
    <div className="flex flex-col gap-6">
      <h1 className="text-26">{t("account.orders.title")}</h1>
      {orders.length === 0 ? (
        <EmptyState
          art="bag"
          title={t("account.orders.empty")}
          action={<LinkButton to="/products">{t("shop.nav.products")}</LinkButton>}
        />
      ) : (
        <DataTable
          caption={t("account.orders.caption")}
          columns={columns}
          rows={orders}
          rowKey={(row) => row.id}
          rowHref={(row) => `/account/orders/${row.id}`}
        />
      )}
      <KeysetPaging previousHref={firstHref} nextHref={nextHref} />
    </div>
  );
}
