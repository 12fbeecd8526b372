import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { requireStaff } from "~/lib/guard.ts";
import { useLocale, useT } from "~/lib/i18n/language.tsx";
import { t as translate } from "~/lib/i18n/translate.ts";
import { openList } from "~/lib/lists/list-view.ts";
import { refundsList } from "~/lib/lists/refunds.ts";
import { refundReason } from "~/lib/office/told-words.ts";
import { pageMeta } from "~/lib/page/page-title.ts";
import { answer } from "~/lib/respond.ts";
import { CopyText } from "~/ui/copy-text.tsx";
import type { Column } from "~/ui/data-table.tsx";
import { ListPage } from "~/ui/lists/list-page.tsx";
import { Moment } from "~/ui/moment.tsx";
import { Money } from "~/ui/money.tsx";
import { StatusBadge } from "~/ui/status-badge.tsx";

export function loader(args: LoaderFunctionArgs) {
  requireStaff(args);
  return answer(args, async ({ caller, locale }) => {
    const asked = openList(args, refundsList);
    const page = await caller.payments.refunds.all({ ...asked.filters, ...asked.place, counted: true });
    return { locale, refunds: page.items, list: await asked.view(page) };
  });
}

export const meta: MetaFunction<typeof loader> = ({ data }) => {
  const locale = data?.locale ?? "sv";
  return pageMeta({ title: translate(locale)("refunds.list"), locale });
};

/** Everything that was paid back or is on its way, whoever asked for it. */
export default function Refunds() {
  const t = useT();
  const locale = useLocale();
  const { refunds, list } = useLoaderData<typeof loader>();
  const columns: Column<(typeof refunds)[number]>[] = [
    {
      key: "order",
      header: t("office.orders.number"),
      phone: "title",
      cell: (refund) =>
        refund.orderNumber ? <span className="whitespace-nowrap">{refund.orderNumber}</span> : refund.email,
    },
    {
      key: "buyer",
      header: t("office.orders.buyer"),
      cell: (refund) => <span className="break-all">{refund.email}</span>,
    },
    {
      key: "status",
      header: t("office.state"),
      phone: "status",
      cell: (refund) => <StatusBadge of="refund" state={refund.status} />,
    },
    {
      key: "reason",
      header: t("office.reason"),
      cell: (refund) => (
        <>
          {refundReason(refund, locale)}
          {refund.failureCode && <code className="ml-2 font-mono text-13">{refund.failureCode}</code>}
        </>
      ),
    },
    {
      key: "external",
      header: "Stripe",
      cell: (refund) =>
        refund.externalId ? <CopyText text={refund.externalId} what="Stripe" shorten /> : t("words.none"),
    },
    {
      key: "created",
      header: t("refunds.when"),
      phone: "meta",
      cell: (refund) => <Moment at={refund.createdAt} withTime />,
    },
    {
      key: "sum",
      header: t("refunds.sum"),
      numeric: true,
      phone: "aside",
      cell: (refund) => <Money of={{ amount: -refund.amount, currency: refund.currency }} />,
    },
  ];
  return (
    <ListPage
      definition={refundsList}
      list={list}
      columns={columns}
      rows={refunds}
      rowKey={(refund) => refund.id}
      rowHref={(refund) =>
        refund.orderId ? `/admin/orders/${refund.orderId}` : `/admin/search?q=${refund.externalId}`
      }
    />
  );
}
