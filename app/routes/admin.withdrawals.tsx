import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { requireStaff } from "~/lib/guard.ts";
import { useT } from "~/lib/i18n/language.tsx";
import { t as translate } from "~/lib/i18n/translate.ts";
import { openList } from "~/lib/lists/list-view.ts";
import { withdrawalsList } from "~/lib/lists/withdrawals.ts";
import { pageMeta } from "~/lib/page/page-title.ts";
import { answer } from "~/lib/respond.ts";
import { Banner } from "~/ui/banner.tsx";
import type { Column } from "~/ui/data-table.tsx";
import { LinkButton } from "~/ui/link-button.tsx";
import { ListPage } from "~/ui/lists/list-page.tsx";
import { Moment } from "~/ui/moment.tsx";
import { Money } from "~/ui/money.tsx";
import { StatusBadge } from "~/ui/status-badge.tsx";

export function loader(args: LoaderFunctionArgs) {
  requireStaff(args);
  return answer(args, async ({ caller, locale }) => {
    const asked = openList(args, withdrawalsList);
    const page = await caller.withdrawals.list({ ...asked.filters, ...asked.place, counted: true });
    const waiting = await Promise.all(
      (["unconfirmed", "unmatched"] as const).map((status) =>
        caller.withdrawals.statements.list({ status, limit: 1, counted: true }),
      ),
    );
    const stated = waiting.reduce((sum, { total }) => sum + (total?.count ?? 0), 0);
    return { locale, withdrawals: page.items, stated, list: await asked.view(page) };
  });
}

export const meta: MetaFunction<typeof loader> = ({ data }) => {
  const locale = data?.locale ?? "sv";
  return pageMeta({ title: translate(locale)("refunds.withdrawal.list"), locale });
};

/** Purchases that buyers take back, and what each waits for. */
export default function Withdrawals() {
  const t = useT();
  const { withdrawals, stated, list } = useLoaderData<typeof loader>();
  const columns: Column<(typeof withdrawals)[number]>[] = [
    {
      key: "order",
      header: t("office.orders.number"),
      phone: "title",
      cell: (one) => <span className="whitespace-nowrap">{one.orderNumber}</span>,
    },
    {
      key: "buyer",
      header: t("office.orders.buyer"),
      cell: (one) => <span className="break-all">{one.email}</span>,
    },
    {
      key: "status",
      header: t("office.state"),
      phone: "status",
      cell: (one) => <StatusBadge of="withdrawal" state={one.status} />,
    },
    {
      key: "why",
      header: t("refunds.withdrawal.why"),
      cell: (one) =>
        one.status === "needs_review" && one.reviewReason
          ? t(`refunds.withdrawal.why.${one.reviewReason}`)
          : t("words.none"),
    },
    {
      key: "received",
      header: t("refunds.withdrawal.received"),
      phone: "meta",
      cell: (one) => <Moment at={one.receivedAt} withTime />,
    },
    { key: "due", header: t("refunds.withdrawal.due"), cell: (one) => <Moment at={one.refundDueAt} /> },
    {
      key: "sum",
      header: t("refunds.withdrawal.sum"),
      numeric: true,
      phone: "aside",
      cell: (one) =>
        one.refundAmount === null ? (
          t("words.none")
        ) : (
          <Money of={{ amount: one.refundAmount, currency: one.currency }} />
        ),
    },
  ];
  return (
    <ListPage
      definition={withdrawalsList}
      list={list}
      columns={columns}
      rows={withdrawals}
      rowKey={(one) => one.id}
      rowHref={(one) => `/admin/orders/${one.orderId}`}
      action={
        <LinkButton to="/admin/withdrawals/statements" size="compact">
          {t("refunds.statement.list")}
        </LinkButton>
      }
    >
      {stated > 0 && (
        <Banner
          tone="info"
          title={t("refunds.statement.waiting", { count: stated })}
          actions={
            <LinkButton to="/admin/withdrawals/statements" size="compact">
              {t("refunds.statement.see")}
            </LinkButton>
          }
        />
      )}
    </ListPage>
  );
}
