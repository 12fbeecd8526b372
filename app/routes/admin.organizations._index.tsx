import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { requireStaff } from "~/lib/guard.ts";
import { useT } from "~/lib/i18n/language.tsx";
import { t as translate } from "~/lib/i18n/translate.ts";
import { openList } from "~/lib/lists/list-view.ts";
import { organizationsList } from "~/lib/lists/organizations.ts";
import { pageMeta } from "~/lib/page/page-title.ts";
import { answer } from "~/lib/respond.ts";
import { Badge } from "~/ui/badge.tsx";
import type { Column } from "~/ui/data-table.tsx";
import { ListPage } from "~/ui/lists/list-page.tsx";
import { Moment } from "~/ui/moment.tsx";

export function loader(args: LoaderFunctionArgs) {
  requireStaff(args);
  return answer(args, async ({ caller, locale }) => {
    const asked = openList(args, organizationsList);
    const page = await caller.organizations.office.list({ ...asked.filters, ...asked.place, counted: true });
    return { locale, organizations: page.items, list: await asked.view(page) };
  });
}

export const meta: MetaFunction<typeof loader> = ({ data }) => {
  const locale = data?.locale ?? "sv";
  return pageMeta({ title: translate(locale)("organizations.office.title"), locale });
};

export default function Organizations() {
  const t = useT();
  const { organizations, list } = useLoaderData<typeof loader>();
  const columns: Column<(typeof organizations)[number]>[] = [
    {
      key: "name",
      header: t("organizations.title"),
      phone: "title",
      cell: (one) => <span className="break-all">{one.name}</span>,
    },
    {
      key: "kind",
      header: t("organizations.office.kind"),
      phone: "status",
      cell: (one) => (
        <span className="inline-flex gap-2">
          <Badge tone={one.kind === "company" ? "info" : "neutral"}>{t(`organizations.office.kind.${one.kind}`)}</Badge>
          {one.closedAt && <Badge tone="warn">{t("organizations.office.state.closed")}</Badge>}
        </span>
      ),
    },
    {
      key: "payer",
      header: t("organizations.office.payer"),
      cell: (one) => <span className="break-all">{one.payer ?? t("organizations.office.noPayer")}</span>,
    },
    { key: "members", header: t("organizations.members"), numeric: true, phone: "aside", cell: (one) => one.members },
    { key: "seats", header: t("organizations.office.seatsUsed"), numeric: true, cell: (one) => one.seatsClaimed },
    {
      key: "since",
      header: t("organizations.office.since"),
      phone: "meta",
      cell: (one) => <Moment at={one.createdAt} />,
    },
  ];
  return (
    <ListPage
      definition={organizationsList}
      list={list}
      columns={columns}
      rows={organizations}
      rowKey={(one) => one.id}
      rowHref={(one) => `/admin/organizations/${one.id}`}
    />
  );
}
