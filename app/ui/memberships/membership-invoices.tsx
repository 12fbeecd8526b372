import type { AppLoadContext } from "@remix-run/node";
import { Link } from "@remix-run/react";
import { useT } from "~/lib/i18n/language.tsx";
import { type Column, DataTable } from "../data-table.tsx";
import { Moment } from "../moment.tsx";
import { Money } from "../money.tsx";
import { OfficeSection } from "../office/office-section.tsx";
import { StatusBadge } from "../status-badge.tsx";

type Membership = Awaited<ReturnType<AppLoadContext["caller"]["subscriptions"]["get"]>>;

const REFUNDABLE: ReadonlySet<string> = new Set(["paid", "partially_refunded"]);

/** An empty cell of the table says so; the list of a phone has no cell to be empty. */
function NoneAtDesk() {
  return <span className="max-md:hidden">{useT()("words.none")}</span>;
}

/** What a membership was billed, with what became of each bill, and the way to paying it back. */
export function MembershipInvoices({ of: { id, invoices, orderId } }: { of: Membership }) {
  const t = useT();
  const columns: Column<Membership["invoices"][number]>[] = [
    {
      key: "number",
      header: t("office.memberships.invoice"),
      phone: "title",
      cell: (invoice) => <Link to={`/admin/invoices/${invoice.id}`}>{invoice.number ?? invoice.stripeInvoiceId}</Link>,
    },
    {
      key: "status",
      header: t("office.memberships.status"),
      phone: "status",
      cell: (invoice) => <StatusBadge of="invoice" state={invoice.status} />,
    },
    {
      key: "payment",
      header: t("office.orders.payment"),
      phone: "status",
      cell: (invoice) =>
        invoice.payment ? (
          // Without a column's name the two would say the same beside each other.
          <span
            className={invoice.status === "paid" && invoice.payment.status === "paid" ? "max-md:hidden" : undefined}
          >
            <StatusBadge of="payment" state={invoice.payment.status} />
          </span>
        ) : (
          <NoneAtDesk />
        ),
    },
    {
      key: "refund",
      header: t("refunds.title"),
      phone: "status",
      cell: (invoice) =>
        invoice.payment && REFUNDABLE.has(invoice.payment.status) ? (
          <Link to={`/admin/orders/${orderId}?refund=preview&payment=${invoice.payment.id}#refund`}>
            {t("refunds.preview")}
          </Link>
        ) : (
          <NoneAtDesk />
        ),
    },
    {
      key: "created",
      header: t("office.orders.placed"),
      phone: "meta",
      cell: (invoice) => <Moment at={invoice.createdAt} />,
    },
    {
      key: "total",
      header: t("office.orders.total"),
      numeric: true,
      phone: "aside",
      cell: (invoice) => <Money of={{ amount: invoice.totalAmount, currency: invoice.currency }} />,
    },
  ];
  return (
    <OfficeSection title={t("office.memberships.invoices")}>
      <DataTable
        caption={t("office.memberships.invoices")}
        columns={columns}
        rows={invoices}
        rowKey={(invoice) => `${invoice.id}:${invoice.payment?.id}`}
      />
      {invoices.length > 0 && (
        <Link to={`/admin/invoices?customer=${encodeURIComponent(id)}`}>{t("invoices.all")}</Link>
      )}
    </OfficeSection>
  );
}
