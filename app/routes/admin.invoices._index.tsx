import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { severalCurrencies } from "~/lib/format/money.ts";
import { requireStaff } from "~/lib/guard.ts";
import { useLocale, useT } from "~/lib/i18n/language.tsx";
import { t as translate } from "~/lib/i18n/translate.ts";
import { invoicesList } from "~/lib/lists/invoices.ts";
import { openList } from "~/lib/lists/list-view.ts";
import { pageMeta } from "~/lib/page/page-title.ts";
import { answer } from "~/lib/respond.ts";
import type { Column } from "~/ui/data-table.tsx";
import { ListPage } from "~/ui/lists/list-page.tsx";
import { Moment } from "~/ui/moment.tsx";
import { Money } from "~/ui/money.tsx";
import { StatusBadge } from "~/ui/status-badge.tsx";

export function loader(args: LoaderFunctionArgs) {
  requireStaff(args);
  return answer(args, async ({ caller, locale }) => {
    const asked = openList(args, invoicesList);
    const page = await caller.billing.invoices.list({ ...asked.filters, ...asked.place, counted: true });
    return { locale, invoices: page.items, list: await asked.view(page) };
  });
}

export const meta: MetaFunction<typeof loader> = ({ data }) => {
  const locale = data?.locale ?? "sv";
  return pageMeta({ title: translate(locale)("invoices.title"), locale });
};

const OWED: ReadonlySet<string> = new Set(["open", "uncollectible"]);

export default function Invoices() {
  const t = useT();
  const locale = useLocale();
  const { invoices, list } = useLoaderData<typeof loader>();
  const several = severalCurrencies(invoices);
  const columns: Column<(typeof invoices)[number]>[] = [
    {
      key: "number",
      header: t("invoices.number"),
      phone: "title",
      cell: (invoice) => <span className="break-all">{invoice.number ?? invoice.stripeInvoiceId}</span>,
    },
    {
      key: "customer",
      header: t("invoices.customer"),
      phone: "meta",
      cell: (invoice) => <span className="break-all">{invoice.organization ?? invoice.email}</span>,
    },
    { key: "for", header: t("invoices.for"), cell: (invoice) => invoice.productName?.[locale] ?? t("words.none") },
    {
      key: "status",
      header: t("invoices.status"),
      phone: "status",
      cell: (invoice) => <StatusBadge of="invoice" state={invoice.status} />,
    },
    {
      key: "created",
      header: t("invoices.created"),
      phone: "meta",
      cell: (invoice) => <Moment at={invoice.createdAt} />,
    },
    {
      key: "left",
      header: t("invoices.left"),
      numeric: true,
      cell: ({ status, totalAmount, amountPaid, currency }) =>
        OWED.has(status) ? (
          <Money of={{ amount: totalAmount - amountPaid, currency }} withCode={several} />
        ) : (
          t("words.none")
        ),
    },
    {
      key: "total",
      header: t("invoices.total"),
      numeric: true,
      phone: "aside",
      cell: ({ totalAmount: amount, currency }) => <Money of={{ amount, currency }} withCode={several} />,
    },
  ];
  return (
    <ListPage
      definition={invoicesList}
      list={list}
      columns={columns}
      rows={invoices}
      rowKey={(invoice) => invoice.id}
      rowHref={(invoice) => `/admin/invoices/${invoice.id}`}
    />
  );
}
