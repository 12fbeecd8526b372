import { Link } from "@remix-run/react";
import { formatDate } from "~/lib/format/dates.ts";
import { useLocale, useT } from "~/lib/i18n/language.tsx";
import { CopyText } from "../copy-text.tsx";
import { DescriptionList } from "../description-list.tsx";
import { Moment } from "../moment.tsx";
import { Money } from "../money.tsx";
import type { OfficeInvoice } from "./invoice-lines.tsx";

const REASONS = ["subscription_create", "subscription_cycle", "subscription_update", "manual"] as const;

/** Whom an invoice asks, for which days, what is left of it, and where it is found elsewhere. */
export function InvoiceFacts({ invoice }: { invoice: OfficeInvoice }) {
  const t = useT();
  const locale = useLocale();
  const { currency, periodStartAt: from, periodEndAt: to } = invoice;
  const reason = REASONS.find((one) => one === invoice.reason);
  const day = (at: NonNullable<typeof from>) => formatDate(at, locale, "table");
  const owed = invoice.status === "open" || invoice.status === "uncollectible";
  return (
    <DescriptionList
      prose
      rows={[
        {
          term: t("invoices.customer"),
          value: (
            <Link to={`/admin/customers/${invoice.customerId}`} className="break-all">
              {invoice.email}
            </Link>
          ),
        },
        ...(invoice.organizationId
          ? [
              {
                term: t("invoices.organization"),
                value: (
                  <Link to={`/admin/organizations/${invoice.organizationId}`} className="break-all">
                    {invoice.organization ?? invoice.organizationId}
                  </Link>
                ),
              },
            ]
          : []),
        ...(invoice.subscriptionId
          ? [
              {
                term: t("invoices.membership"),
                value: (
                  <Link to={`/admin/memberships/${invoice.subscriptionId}`}>
                    {invoice.productName?.[locale] ?? invoice.subscriptionId}
                  </Link>
                ),
              },
            ]
          : []),
        ...(invoice.orderId
          ? [
              {
                term: t("invoices.order"),
                value: <Link to={`/admin/orders/${invoice.orderId}`}>{invoice.orderNumber}</Link>,
              },
            ]
          : []),
        { term: t("invoices.reason"), value: reason ? t(`invoices.reason.${reason}`) : invoice.reason },
        ...(from && to
          ? [{ term: t("invoices.period"), value: t("invoices.periodText", { from: day(from), to: day(to) }) }]
          : []),
        { term: t("invoices.created"), value: <Moment at={invoice.createdAt} withTime /> },
        ...(invoice.paidAt ? [{ term: t("invoices.paidAt"), value: <Moment at={invoice.paidAt} withTime /> }] : []),
        {
          term: t("invoices.line.vat"),
          value: <Money of={{ amount: invoice.taxAmount, currency }} />,
        },
        ...(owed
          ? [
              {
                term: t("invoices.left"),
                value: <Money of={{ amount: invoice.totalAmount - invoice.amountPaid, currency }} />,
              },
              { term: t("invoices.tried"), value: invoice.attemptCount },
            ]
          : []),
        ...(owed && invoice.nextPaymentAttemptAt
          ? [{ term: t("invoices.next"), value: <Moment at={invoice.nextPaymentAttemptAt} withTime /> }]
          : []),
        {
          term: t("invoices.page"),
          value: invoice.pageUrl ? (
            <a href={invoice.pageUrl} rel="noreferrer">
              {t("invoices.pageAbout")}
            </a>
          ) : (
            t("invoices.noPage")
          ),
        },
        {
          term: t("invoices.atStripe"),
          value: <CopyText text={invoice.stripeInvoiceId} what={t("invoices.number")} />,
        },
      ]}
    />
  );
}
