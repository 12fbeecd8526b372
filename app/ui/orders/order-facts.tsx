import { Link } from "@remix-run/react";
import { countryName } from "~/lib/format/country.ts";
import { formatPercent } from "~/lib/format/money.ts";
import { useLocale, useT } from "~/lib/i18n/language.tsx";
import { CopyText } from "../copy-text.tsx";
import { type Column, DataTable } from "../data-table.tsx";
import { DescriptionList } from "../description-list.tsx";
import { LongName } from "../long-name.tsx";
import { Moment } from "../moment.tsx";
import { Money } from "../money.tsx";
import { OfficeSection } from "../office/office-section.tsx";
import { StatusBadge } from "../status-badge.tsx";
import type { OfficeOrder } from "./order-payments.tsx";

/** Who bought, when, where it goes, and what came of it. */
export function OrderFacts({ order }: { order: OfficeOrder }) {
  const t = useT();
  const locale = useLocale();
  const { customer, checkout, shippingAddress: address } = order;
  const refunded = order.payments.reduce((sum, payment) => sum + payment.refundedAmount, 0);
  return (
    <DescriptionList
      prose
      rows={[
        {
          term: t("office.orders.customer"),
          value: (
            <>
              <Link to={`/admin/customers/${order.customerId}`} className="break-all">
                {customer?.name ?? order.email}
              </Link>
              {customer?.guest && <span className="text-fg-muted"> ({t("office.orders.guest")})</span>}
              {customer?.name && <span className="block break-all text-fg-muted">{order.email}</span>}
            </>
          ),
        },
        ...(address
          ? [
              {
                term: t("office.orders.address"),
                value: [
                  address.name,
                  address.line1,
                  address.line2,
                  `${address.postalCode} ${address.city}`,
                  countryName(address.country, locale),
                ]
                  .filter(Boolean)
                  .join(", "),
              },
            ]
          : []),
        { term: t("office.orders.placed"), value: <Moment at={order.placedAt} withTime /> },
        ...(order.paidAt ? [{ term: t("office.orders.paid"), value: <Moment at={order.paidAt} withTime /> }] : []),
        ...(refunded > 0
          ? [
              {
                term: t("office.orders.refunded"),
                value: <Money of={{ amount: -refunded, currency: order.currency }} />,
              },
            ]
          : []),
        ...order.memberships.map((membership) => ({
          term: t("office.orders.membership"),
          value: (
            <span className="inline-flex flex-wrap items-center gap-2">
              <Link to={`/admin/memberships/${membership.id}`}>{membership.productName[locale]}</Link>
              <StatusBadge of="membership" state={membership.freeTime ? "free" : membership.status} />
            </span>
          ),
        })),
        ...(checkout?.stripeSessionId
          ? [
              {
                term: t("office.orders.session"),
                value: <CopyText text={checkout.stripeSessionId} what={t("office.orders.session")} shorten />,
              },
            ]
          : []),
        ...(checkout?.startConsentAt
          ? [{ term: t("office.orders.consent"), value: <Moment at={checkout.startConsentAt} withTime /> }]
          : []),
      ]}
    />
  );
}

/** What was bought, with its tax. */
export function OrderLines({ order }: { order: OfficeOrder }) {
  const t = useT();
  const locale = useLocale();
  const sum = (amount: number) => <Money of={{ amount, currency: order.currency }} />;
  const columns: Column<OfficeOrder["lines"][number]>[] = [
    {
      key: "name",
      header: t("office.orders.product"),
      phone: "title",
      cell: (line) => <LongName>{line.name}</LongName>,
    },
    { key: "quantity", header: t("office.orders.quantity"), numeric: true, phone: "status", cell: (l) => l.quantity },
    { key: "unit", header: t("office.orders.unit"), numeric: true, cell: (line) => sum(line.unitAmount) },
    {
      key: "vat",
      header: t("office.orders.vat"),
      numeric: true,
      phone: "meta",
      cell: (line) => (
        <>
          {formatPercent(line.taxRateBps, locale)} {sum(line.taxAmount)}
        </>
      ),
    },
    {
      key: "total",
      header: t("office.orders.total"),
      numeric: true,
      phone: "aside",
      cell: (line) => sum(line.totalAmount),
    },
  ];
  return (
    <OfficeSection title={t("office.orders.lines")}>
      <DataTable caption={t("office.orders.lines")} columns={columns} rows={order.lines} rowKey={(line) => line.id} />
    </OfficeSection>
  );
}
