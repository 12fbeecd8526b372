import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Link, useActionData, useLoaderData } from "@remix-run/react";
import { requireStaff } from "~/lib/guard.ts";
import { useT } from "~/lib/i18n/language.tsx";
import { actOnStatement } from "~/lib/orders/statement-form.server.ts";
import { pageMeta } from "~/lib/page/page-title.ts";
import { answer } from "~/lib/respond.ts";
import { Banner } from "~/ui/banner.tsx";
import { DescriptionList } from "~/ui/description-list.tsx";
import { Moment } from "~/ui/moment.tsx";
import { Happenings } from "~/ui/office/happenings.tsx";
import { OfficeSection } from "~/ui/office/office-section.tsx";
import { AttachStatement, CarryOutStatement, DismissStatement } from "~/ui/orders/statement-acts.tsx";
import { StatusBadge } from "~/ui/status-badge.tsx";

export function loader(args: LoaderFunctionArgs) {
  const { role } = requireStaff(args);
  return answer(args, async ({ caller, locale }) => ({
    locale,
    statement: await caller.withdrawals.statements.get({ id: args.params.id ?? "" }),
    mayDecide: role === "owner" || role === "finance",
  }));
}

export function action(args: ActionFunctionArgs) {
  requireStaff(args);
  return answer(args, async () => {
    const { status, ...result } = await actOnStatement(args);
    return data(result, { status });
  });
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) =>
  pageMeta({ title: page?.statement.orderNumber ?? "Order", locale: page?.locale ?? "sv" });

/** What somebody without a link said, what it is about, and what staff can do about it. */
export default function StatementPage() {
  const t = useT();
  const { statement, mayDecide } = useLoaderData<typeof loader>();
  const result = useActionData<typeof action>();
  const { order } = statement;
  const waits = statement.status === "unconfirmed" || statement.status === "unmatched";
  return (
    <div className="flex flex-col gap-8">
      <div className="flex flex-wrap items-center gap-3">
        <h1 className="text-26 font-bold">{order?.number ?? statement.orderNumber}</h1>
        <StatusBadge of="withdrawal_statement" state={statement.status} />
      </div>
      {result?.done && <Banner live tone="ok" title={t("refunds.statement.done")} />}
      {result?.problem === "changed" && <Banner live tone="warn" title={t("refunds.statement.changed")} />}
      {waits && !statement.mayMail && (
        <Banner tone="warn" title={t("refunds.statement.notMailed")}>
          {t("refunds.statement.notMailedText")}
        </Banner>
      )}
      <DescriptionList
        prose
        rows={[
          { term: t("refunds.statement.received"), value: <Moment at={statement.receivedAt} withTime /> },
          { term: t("refunds.statement.name"), value: <span className="wrap-anywhere">{statement.name}</span> },
          { term: t("refunds.statement.email"), value: <span className="break-all">{statement.email}</span> },
          ...(order && order.number !== statement.orderNumber
            ? [{ term: t("refunds.statement.typed"), value: statement.orderNumber }]
            : []),
          ...(order
            ? [
                {
                  term: t("refunds.statement.order"),
                  value: (
                    <>
                      <Link to={`/admin/orders/${order.id}`}>{order.number}</Link>{" "}
                      <span className="break-all">{order.email}</span>
                    </>
                  ),
                },
              ]
            : []),
          ...(statement.dismissal && statement.dismissal !== "too_late"
            ? [{ term: t("refunds.statement.dismissal"), value: statement.dismissal }]
            : []),
          ...(statement.completedAt
            ? [{ term: t("refunds.statement.completed"), value: <Moment at={statement.completedAt} withTime /> }]
            : []),
        ]}
      />
      {waits && !mayDecide && <p className="text-fg-muted">{t("refunds.role")}</p>}
      {waits && mayDecide && (
        <>
          {order ? (
            <CarryOutStatement statement={statement} order={order} result={result} />
          ) : (
            <AttachStatement statement={statement} result={result} />
          )}
          <DismissStatement result={result} />
        </>
      )}
      <OfficeSection title={t("refunds.statement.history")}>
        <Happenings
          entries={statement.history.map(({ toState, ...step }) => ({
            ...step,
            what: "withdrawal_statement" as const,
            subjectId: statement.id,
            state: toState,
          }))}
        />
      </OfficeSection>
    </div>
  );
}
