import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData, useNavigation } from "@remix-run/react";
import { requireStaff } from "~/lib/guard.ts";
import { useT } from "~/lib/i18n/language.tsx";
import { t as translate } from "~/lib/i18n/translate.ts";
import { listPage } from "~/lib/list-page.ts";
import { pageMeta } from "~/lib/page-title.ts";
import { answer } from "~/lib/respond.ts";
import { statesOf } from "~/lib/statuses.ts";
import { Badge } from "~/ui/badge.tsx";
import { type Column, DataTable } from "~/ui/data-table.tsx";
import { EmptyState } from "~/ui/empty-state.tsx";
import { Field } from "~/ui/field.tsx";
import { FilterBar } from "~/ui/filter-bar.tsx";
import { KeysetPaging } from "~/ui/keyset-paging.tsx";
import { Moment } from "~/ui/moment.tsx";
import { StatusBadge } from "~/ui/status-badge.tsx";

const KIND_TONES = { account: "ok", unconfirmed: "warn", guest: "neutral" } as const;

export function loader(args: LoaderFunctionArgs) {
  requireStaff(args);
  return answer(args, async ({ caller, locale }) => {
    const page = listPage(args.request);
    const q = page.filter("q")?.slice(0, 200);
    const list = await caller.customers.list({ q, cursor: page.cursor });
    const hrefs = { next: page.nextHref(list.nextCursor), first: page.firstHref };
    return { locale, customers: list.items, hrefs, q, filtered: page.filtered };
  });
}

export const meta: MetaFunction<typeof loader> = ({ data }) => {
  const locale = data?.locale ?? "sv";
  return pageMeta({ title: translate(locale)("office.customers.title"), locale });
};

export default function Customers() {
  const t = useT();
  const { customers, hrefs, q, filtered } = useLoaderData<typeof loader>();
  const navigation = useNavigation();
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
    { key: "orders", header: t("office.customers.orders"), numeric: true, phone: "aside", cell: (c) => c.orders },
    {
      key: "since",
      header: t("office.customers.since"),
      phone: "meta",
      cell: (customer) => <Moment at={customer.createdAt} />,
    },
  ];
  return (
    <div className="flex flex-col gap-6">
      <h1 className="text-26 font-bold">{t("office.customers.title")}</h1>
      <FilterBar label={t("office.customers.title")} clearHref={filtered ? "/admin/customers" : undefined}>
        <Field compact type="search" name="q" label={t("office.customers.query")} defaultValue={q} />
      </FilterBar>
      {customers.length === 0 ? (
        <EmptyState title={t(filtered ? "office.customers.noneMatch" : "office.customers.none")} />
      ) : (
        <DataTable
          caption={t("office.customers.title")}
          columns={columns}
          rows={customers}
          rowKey={(customer) => customer.id}
          rowHref={(customer) => `/admin/customers/${customer.id}`}
          stale={navigation.state === "loading" && navigation.location.pathname === "/admin/customers"}
        />
      )}
      <KeysetPaging previousHref={hrefs.first} nextHref={hrefs.next} />
    </div>
  );
}
