import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { requireStaff } from "~/lib/guard.ts";
import { useT } from "~/lib/i18n/language.tsx";
import { t as translate } from "~/lib/i18n/translate.ts";
import { openList } from "~/lib/lists/list-view.ts";
import { statementsList } from "~/lib/lists/withdrawal-statements.ts";
import { closeStatements } from "~/lib/orders/close-statements.server.ts";
import { pageMeta } from "~/lib/page/page-title.ts";
import { answer } from "~/lib/respond.ts";
import type { Column } from "~/ui/data-table.tsx";
import { LinkButton } from "~/ui/link-button.tsx";
import { ListPage } from "~/ui/lists/list-page.tsx";
import { Moment } from "~/ui/moment.tsx";
import { CLOSE_FORM, CloseOutcome, CloseStatements } from "~/ui/orders/close-statements.tsx";
import { StatusBadge } from "~/ui/status-badge.tsx";

export function loader(args: LoaderFunctionArgs) {
  const { role } = requireStaff(args);
  return answer(args, async ({ caller, locale }) => {
    const asked = openList(args, statementsList);
    const page = await caller.withdrawals.statements.list({ ...asked.filters, ...asked.place, counted: true });
    const mayDecide = role === "owner" || role === "finance";
    return { locale, statements: page.items, list: await asked.view(page), mayDecide };
  });
}

/** Many that no order was found for are closed: the first press says which, the second does it. */
export function action(args: ActionFunctionArgs) {
  requireStaff(args);
  return answer(args, async () => {
    const { status, ...result } = await closeStatements(args);
    return data(result, { status });
  });
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => {
  const locale = page?.locale ?? "sv";
  return pageMeta({ title: translate(locale)("refunds.statement.list"), locale });
};

/** What was said to be taken back without a link, and what became of it. */
export default function Statements() {
  const t = useT();
  const { statements, list, mayDecide } = useLoaderData<typeof loader>();
  const result = useActionData<typeof action>();
  const closes = mayDecide && statements.length > 0;
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
      cell: (one) => (
        <>
          {one.completedAt ? <Moment at={one.completedAt} withTime /> : t("words.none")}
          {one.dismissal && one.dismissal !== "too_late" && (
            <span className="line-clamp-3 max-w-prose text-13 wrap-anywhere whitespace-normal text-fg-muted">
              {one.dismissal}
            </span>
          )}
        </>
      ),
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
      selection={closes ? { form: CLOSE_FORM, name: (one) => `${one.orderNumber}, ${one.email}` } : undefined}
      bulk={closes && <CloseStatements filters={list.filters} result={result} />}
      action={
        <LinkButton to="/admin/withdrawals" size="compact">
          {t("refunds.statement.back")}
        </LinkButton>
      }
    >
      <CloseOutcome result={result} />
    </ListPage>
  );
}
