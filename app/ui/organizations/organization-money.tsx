import type { AppLoadContext } from "@remix-run/node";
import { Link } from "@remix-run/react";
import { useLocale, useT } from "~/lib/i18n/language.tsx";
import { type Column, DataTable } from "../data-table.tsx";
import { MembershipBadge } from "../memberships/membership-badge.tsx";
import { Moment } from "../moment.tsx";
import { Money } from "../money.tsx";
import { OfficeSection } from "../office/office-section.tsx";
import { RecurringSum } from "../pricing/recurring-sum.tsx";
import { StatusBadge } from "../status-badge.tsx";

type OrganizationMoneyFacts = Awaited<ReturnType<AppLoadContext["caller"]["reporting"]["organization"]>>;
type Subscription = OrganizationMoneyFacts["subscriptions"][number];
type Invoice = OrganizationMoneyFacts["invoices"][number];

/** What an organization pays for, and its bills with who they were for. */
export function OrganizationMoney({
  money,
  organizationId,
}: {
  money: OrganizationMoneyFacts;
  organizationId: string;
}) {
  const t = useT();
  const locale = useLocale();
  const subscriptions: Column<Subscription>[] = [
    {
      key: "what",
      header: t("plans.mine.plan"),
      phone: "title",
      cell: (one) =>
        one.version === null
          ? one.productName[locale]
          : t("plans.mine.version", { plan: one.productName[locale], version: one.version }),
    },
    { key: "status", header: t("plans.mine.status"), phone: "status", cell: (one) => <MembershipBadge of={one} /> },
    {
      key: "until",
      header: t("plans.mine.renews"),
      phone: "meta",
      cell: (one) =>
        one.currentPeriodEndAt && !one.endedAt ? <Moment at={one.currentPeriodEndAt} /> : t("words.none"),
    },
    {
      key: "sum",
      header: t("plans.mine.price"),
      numeric: true,
      phone: "aside",
      cell: (one) => <RecurringSum of={one} />,
    },
  ];
  const invoices: Column<Invoice>[] = [
    {
      key: "number",
      header: t("office.memberships.invoice"),
      phone: "title",
      cell: (one) => one.number ?? one.id,
    },
    {
      key: "status",
      header: t("office.memberships.status"),
      phone: "status",
      cell: (one) => <StatusBadge of="invoice" state={one.status} />,
    },
    {
      key: "payer",
      header: t("organizations.office.payer"),
      cell: (one) => (
        <Link to={`/admin/customers/${one.customerId}`} className="break-all">
          {one.email}
        </Link>
      ),
    },
    { key: "at", header: t("office.orders.placed"), phone: "meta", cell: (one) => <Moment at={one.createdAt} /> },
    {
      key: "sum",
      header: t("office.orders.total"),
      numeric: true,
      phone: "aside",
      cell: (one) => <Money of={{ amount: one.totalAmount, currency: one.currency }} />,
    },
  ];
  if (money.subscriptions.length === 0) return null;
  return (
    <>
      <OfficeSection title={t("plans.mine.plan")}>
        <DataTable
          caption={t("plans.mine.plan")}
          columns={subscriptions}
          rows={money.subscriptions}
          rowKey={(one) => one.id}
          rowHref={(one) => `/admin/memberships/${one.id}`}
        />
        {money.subscriptions.length > 1 && (
          <Link to={`/admin/memberships?q=${encodeURIComponent(organizationId)}`}>{t("office.memberships.all")}</Link>
        )}
      </OfficeSection>
      <OfficeSection title={t("office.memberships.invoices")}>
        <DataTable
          caption={t("office.memberships.invoices")}
          columns={invoices}
          rows={money.invoices}
          rowKey={(one) => one.id}
          rowHref={(one) => `/admin/invoices/${one.id}`}
        />
        <Link to={`/admin/invoices?customer=${encodeURIComponent(organizationId)}`}>{t("invoices.all")}</Link>
      </OfficeSection>
    </>
  );
}
