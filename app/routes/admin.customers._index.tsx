import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { requireStaff } from "~/lib/guard.ts";
import { useT } from "~/lib/i18n/language.tsx";
import { t as translate } from "~/lib/i18n/translate.ts";
import { customersList } from "~/lib/lists/customers.ts";
import { openList } from "~/lib/lists/list-view.ts";
import { pageMeta } from "~/lib/page/page-title.ts";
import { answer } from "~/lib/respond.ts";
import { statesOf } from "~/lib/statuses.ts";
import { Badge } from "~/ui/badge.tsx";
import type { Column } from "~/ui/data-table.tsx";
import { ListPage } from "~/ui/lists/list-page.tsx";
import { Moment } from "~/ui/moment.tsx";
import { StatusBadge } from "~/ui/status-badge.tsx";

const KIND_TONES = { account: "ok", unconfirmed: "warn", guest: "neutral" } as const;

export function loader(args: LoaderFunctionArgs) {
  requireStaff(args);
  return answer(args, async ({ caller, locale }) => {
    const asked = openList(args, customersList);
    const page = await caller.customers.list({ ...asked.filters, ...asked.place, counted: true });
    return { locale, customers: page.items, list: await asked.view(page) };
  });
}

export const meta: MetaFunction<typeof loader> = ({ data }) => {
  const locale = data?.locale ?? "sv";
  return pageMeta({ title: translate(locale)("office.customers.title"), locale });
};

export default function Customers() {
  const t = useT();
  const { customers, list } = useLoaderData<typeof loader>();
  const columns: Column<(typeof customers)[number]>[] = [
    {
      key: "name",
      header: t("office.customers.name"),
      phone: "title",
      cell: (customer) => <span className="break-all">{customer.name ?? customer.email}</span>,
    },
    {
      key: "email",
      header: t("office.orders.buyer"),
      cell: (customer) => <span className="break-all text-fg-muted">{customer.email}</span>,
    },
    {
      key: "kind",
      header: t("office.customers.kind"),
      phone: "status",
      cell: (customer) => <Badge tone={KIND_TONES[customer.kind]}>{t(`office.customers.kind.${customer.kind}`)}</Badge>,
    },
    {
      key: "membership",
      header: t("office.customers.membership"),
      phone: "status",
      cell: (customer) => {
        const state = statesOf("membership").find((one) => one === customer.membershipStatus);
        return state ? <StatusBadge of="membership" state={state} /> : t("words.none");
      },
    },
    {
      key: "flags",
      header: t("office.customers.flag"),
      cell: (customer) =>
        customer.flags.length === 0
          ? t("words.none")
          : customer.flags.map((flag) => t(`office.customers.flag.${flag}`)).join(", "),
    },
    {
      key: "orders",
      header: t("office.customers.orders"),
      numeric: true,
      phone: "aside",
      cell: ({ orders }) => (
        <>
          <span className="max-md:hidden">{orders}</span>
          <span className="text-fg-muted md:hidden">{t("office.customers.ordersCount", { count: orders })}</span>
        </>
      ),
    },
    {
      key: "since",
      header: t("office.customers.since"),
      phone: "meta",
      cell: (customer) => <Moment at={customer.createdAt} />,
    },
  ];
  return (
    <ListPage
      definition={customersList}
      list={list}
      columns={columns}
      rows={customers}
      rowKey={(customer) => customer.id}
      rowHref={(customer) => `/admin/customers/${customer.id}`}
    />
  );
}
