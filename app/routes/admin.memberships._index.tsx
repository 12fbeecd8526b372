import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData, useNavigation } from "@remix-run/react";
import { requireStaff } from "~/lib/guard.ts";
import { useLocale, useT } from "~/lib/i18n/language.tsx";
import { t as translate } from "~/lib/i18n/translate.ts";
import { listPage } from "~/lib/list-page.ts";
import { pageMeta } from "~/lib/page-title.ts";
import { answer } from "~/lib/respond.ts";
import { statesOf } from "~/lib/statuses.ts";
import { type Column, DataTable } from "~/ui/data-table.tsx";
import { EmptyState } from "~/ui/empty-state.tsx";
import { Field } from "~/ui/field.tsx";
import { FilterBar } from "~/ui/filter-bar.tsx";
import { KeysetPaging } from "~/ui/keyset-paging.tsx";
import { MembershipBadge } from "~/ui/membership-badge.tsx";
import { Moment } from "~/ui/moment.tsx";
import { RecurringSum } from "~/ui/recurring-sum.tsx";
import { StateFilter } from "~/ui/state-filter.tsx";

const STATES = statesOf("membership").filter((state) => state !== "ending");

export function loader(args: LoaderFunctionArgs) {
  requireStaff(args);
  return answer(args, async ({ caller, locale }) => {
    const page = listPage(args.request);
    const filters = { status: page.choice("status", STATES), q: page.filter("q")?.slice(0, 200) };
    const list = await caller.subscriptions.list({ ...filters, cursor: page.cursor });
    const hrefs = { next: page.nextHref(list.nextCursor), first: page.firstHref };
    return { locale, memberships: list.items, hrefs, filters, filtered: page.filtered };
  });
}

export const meta: MetaFunction<typeof loader> = ({ data }) => {
  const locale = data?.locale ?? "sv";
  return pageMeta({ title: translate(locale)("office.memberships.title"), locale });
};

export default function Memberships() {
  const t = useT();
  const locale = useLocale();
  const { memberships, hrefs, filters, filtered } = useLoaderData<typeof loader>();
  const navigation = useNavigation();
  const columns: Column<(typeof memberships)[number]>[] = [
    {
      key: "plan",
      header: t("office.memberships.plan"),
      phone: "title",
      cell: (membership) => membership.productName[locale],
    },
    {
      key: "member",
      header: t("office.memberships.member"),
      phone: "status",
      cell: (membership) => <span className="break-all">{membership.email}</span>,
    },
    {
      key: "status",
      header: t("office.memberships.status"),
      phone: "meta",
      cell: (membership) => <MembershipBadge of={membership} />,
    },
    {
      key: "next",
      header: t("office.memberships.next"),
      cell: (membership) =>
        membership.currentPeriodEndAt && !membership.endedAt && !membership.cancelAt ? (
          <Moment at={membership.currentPeriodEndAt} />
        ) : (
          t("words.none")
        ),
    },
    {
      key: "price",
      header: t("office.memberships.price"),
      numeric: true,
      phone: "aside",
      cell: (membership) => <RecurringSum of={membership} />,
    },
  ];
  return (
    <div className="flex flex-col gap-6">
      <h1 className="text-26 font-bold">{t("office.memberships.title")}</h1>
      <FilterBar label={t("office.memberships.title")} clearHref={filtered ? "/admin/memberships" : undefined}>
        <Field compact type="search" name="q" label={t("office.memberships.query")} defaultValue={filters.q} />
        <StateFilter of="membership" states={STATES} current={filters.status} />
      </FilterBar>
      {memberships.length === 0 ? (
        <EmptyState title={t(filtered ? "office.memberships.noneMatch" : "office.memberships.none")} />
      ) : (
        <DataTable
          caption={t("office.memberships.title")}
          columns={columns}
          rows={memberships}
          rowKey={(membership) => membership.id}
          rowHref={(membership) => `/admin/memberships/${membership.id}`}
          stale={navigation.state === "loading" && navigation.location.pathname === "/admin/memberships"}
        />
      )}
      <KeysetPaging previousHref={hrefs.first} nextHref={hrefs.next} />
    </div>
  );
}
