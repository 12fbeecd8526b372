import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { requireStaff } from "~/lib/guard.ts";
import { useLocale, useT } from "~/lib/i18n/language.tsx";
import { t as translate } from "~/lib/i18n/translate.ts";
import { openList } from "~/lib/lists/list-view.ts";
import { membershipsList } from "~/lib/lists/memberships.ts";
import { namedUnits } from "~/lib/memberships/named-units.ts";
import { pageMeta } from "~/lib/page/page-title.ts";
import { answer } from "~/lib/respond.ts";
import type { Column } from "~/ui/data-table.tsx";
import { ListPage } from "~/ui/lists/list-page.tsx";
import { LongName } from "~/ui/long-name.tsx";
import { MembershipBadge } from "~/ui/memberships/membership-badge.tsx";
import { Moment } from "~/ui/moment.tsx";
import { RecurringSum } from "~/ui/pricing/recurring-sum.tsx";

export function loader(args: LoaderFunctionArgs) {
  requireStaff(args);
  return answer(args, async ({ caller, locale }) => {
    const asked = openList(args, membershipsList);
    const page = await caller.subscriptions.list({ ...asked.filters, ...asked.place, counted: true });
    return { locale, memberships: page.items, list: await asked.view(page) };
  });
}

export const meta: MetaFunction<typeof loader> = ({ data }) => {
  const locale = data?.locale ?? "sv";
  return pageMeta({ title: translate(locale)("office.memberships.title"), locale });
};

export default function Memberships() {
  const t = useT();
  const locale = useLocale();
  const { memberships, list } = useLoaderData<typeof loader>();
  const columns: Column<(typeof memberships)[number]>[] = [
    {
      key: "plan",
      header: t("office.memberships.plan"),
      phone: "title",
      cell: (membership) => <LongName>{namedUnits(membership.productName[locale], membership.units)}</LongName>,
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
      key: "since",
      header: t("office.memberships.since"),
      cell: (membership) => <Moment at={membership.createdAt} />,
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
    <ListPage
      definition={membershipsList}
      list={list}
      columns={columns}
      rows={memberships}
      rowKey={(membership) => membership.id}
      rowHref={(membership) => `/admin/memberships/${membership.id}`}
    />
  );
}
