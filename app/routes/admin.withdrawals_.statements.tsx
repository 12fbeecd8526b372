import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { requireStaff } from "~/lib/guard.ts";
import { useT } from "~/lib/i18n/language.tsx";
import { t as translate } from "~/lib/i18n/translate.ts";
import { openList } from "~/lib/lists/list-view.ts";
import { statementsList } from "~/lib/lists/withdrawal-statements.ts";
import { pageMeta } from "~/lib/page/page-title.ts";
import { answer } from "~/lib/respond.ts";
import type { Column } from "~/ui/data-table.tsx";
import { LinkButton } from "~/ui/link-button.tsx";
import { ListPage } from "~/ui/lists/list-page.tsx";
import { Moment } from "~/ui/moment.tsx";
import { StatusBadge } from "~/ui/status-badge.tsx";

export function loader(args: LoaderFunctionArgs) {
  requireStaff(args);
  return answer(args, async ({ caller, locale }) => {
    const asked = openList(args, statementsList);
    const page = await caller.withdrawals.statements.list({ ...asked.filters, ...asked.place, counted: true });
    return { locale, statements: page.items, list: await asked.view(page) };
  });
}

export const meta: MetaFunction<typeof loader> = ({ data }) => {
  const locale = data?.locale ?? "sv";
  return pageMeta({ title: translate(locale)("refunds.statement.list"), locale });
};

/** What was said to be taken back without a link, and what became of it. */
export default function Statements() {
  const t = useT();
  const { statements, list } = useLoaderData<typeof loader>();
  const columns: Column<(typeof statements)[number]>[] = [
    {
      key: "order",
      header: t("office.orders.number"),
      phone: "title",
      cell: (one) => <span className="whitespace-nowrap">{one.orderNumber}</span>,
    },
    {
      key: "name",
      header: t("refunds.statement.name"),
      cell: (one) => <span className="wrap-anywhere">{one.name}</span>,
    },
    {
      key: "email",
      header: t("refunds.statement.email"),
      cell: (one) => <span className="break-all">{one.email}</span>,
    },
    {
      key: "status",
      header: t("office.state"),
      phone: "status",
      cell: (one) => <StatusBadge of="withdrawal_statement" state={one.status} />,
    },
    {
      key: "received",
      header: t("refunds.statement.received"),
      phone: "meta",
      cell: (one) => <Moment at={one.receivedAt} withTime />,
    },
    {
      key: "completed",
      header: t("refunds.statement.completed"),
      cell: (one) => (one.completedAt ? <Moment at={one.completedAt} withTime /> : t("words.none")),
    },
  ];
  return (
    <ListPage
      definition={statementsList}
      list={list}
      columns={columns}
      rows={statements}
      rowKey={(one) => one.id}
      rowHref={(one) => `/admin/withdrawals/statements/${one.id}`}
      action={
        <LinkButton to="/admin/withdrawals" size="compact">
          {t("refunds.statement.back")}
        </LinkButton>
      }
    />
  );
}
