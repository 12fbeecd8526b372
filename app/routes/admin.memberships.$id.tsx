import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { requireStaff } from "~/lib/guard.ts";
import { useLocale, useT } from "~/lib/i18n/language.tsx";
import { pageMeta } from "~/lib/page-title.ts";
import { answer } from "~/lib/respond.ts";
import { CopyText } from "~/ui/copy-text.tsx";
import { type Column, DataTable } from "~/ui/data-table.tsx";
import { DescriptionList } from "~/ui/description-list.tsx";
import { Happenings } from "~/ui/happenings.tsx";
import { MembershipBadge } from "~/ui/membership-badge.tsx";
import { Moment } from "~/ui/moment.tsx";
import { Money } from "~/ui/money.tsx";
import { OfficeSection } from "~/ui/office-section.tsx";
import { PeriodRail } from "~/ui/period-rail.tsx";
import { RecurringSum } from "~/ui/recurring-sum.tsx";
import { StatusBadge } from "~/ui/status-badge.tsx";

export function loader(args: LoaderFunctionArgs) {
  requireStaff(args);
  return answer(args, async ({ caller, locale, businessNow }) => ({
    locale,
    now: businessNow,
    membership: await caller.subscriptions.get({ id: args.params.id ?? "" }),
  }));
}

export const meta: MetaFunction<typeof loader> = ({ data }) => {
  const locale = data?.locale ?? "sv";
  return pageMeta({ title: data?.membership.productName[locale] ?? "Membership", locale });
};

type Membership = Awaited<ReturnType<typeof useLoaderData<typeof loader>>>["membership"];

export default function MembershipPage() {
  const t = useT();
  const locale = useLocale();
  const { membership, now } = useLoaderData<typeof loader>();
  const { currentPeriodStartAt: start, currentPeriodEndAt: end } = membership;
  const none = t("words.none");
  return (
    <div className="flex flex-col gap-8">
      <div className="flex flex-wrap items-center gap-3">
        <h1 className="text-26 font-bold">{membership.productName[locale]}</h1>
        <MembershipBadge of={membership} />
        <span className="ml-auto text-26 font-bold">
          <RecurringSum of={membership} />
        </span>
      </div>
      {start && end && !membership.endedAt && (
        <PeriodRail
          label={t("office.memberships.period")}
          start={{ at: start, label: t("office.memberships.periodStart") }}
          end={{ at: end, label: t("office.memberships.periodEnd") }}
          now={now}
        />
      )}
      <DescriptionList
        prose
        rows={[
          {
            term: t("office.memberships.member"),
            value: (
              <Link to={`/admin/customers/${membership.customerId}`} className="break-all">
                {membership.email}
              </Link>
            ),
          },
          {
            term: t("office.memberships.order"),
            value: <Link to={`/admin/orders/${membership.orderId}`}>{membership.orderNumber}</Link>,
          },
          {
            term: t("office.memberships.since"),
            value: membership.startedAt ? <Moment at={membership.startedAt} withTime /> : none,
          },
          ...(membership.trialEndAt
            ? [{ term: t("account.period.trialEnds"), value: <Moment at={membership.trialEndAt} withTime /> }]
            : []),
          ...(membership.cancelAt
            ? [{ term: t("office.memberships.ends"), value: <Moment at={membership.cancelAt} withTime /> }]
            : []),
          ...(membership.endedAt
            ? [{ term: t("office.memberships.ended"), value: <Moment at={membership.endedAt} withTime /> }]
            : []),
          ...(membership.campaign?.id
            ? [
                {
                  term: t("office.memberships.campaign"),
                  value: (
                    <Link to={`/admin/campaigns/${encodeURIComponent(membership.campaign.id)}`}>
                      {membership.campaign.name}
                    </Link>
                  ),
                },
              ]
            : []),
          {
            term: t("office.memberships.stripe"),
            value: <CopyText text={membership.stripeSubscriptionId} what={t("office.memberships.stripe")} />,
          },
        ]}
      />
      <Invoices invoices={membership.invoices} orderId={membership.orderId} />
      <OfficeSection title={t("office.orders.timeline")}>
        <Happenings
          entries={membership.history.map((step) => ({
            at: step.at,
            what: "subscription",
            subjectId: `${step.subjectId}:${step.id}`,
            event: step.event,
            state: step.toState,
            actor: step.actor,
            cause: step.reason ?? step.cause,
          }))}
        />
      </OfficeSection>
    </div>
  );
}

const REFUNDABLE: ReadonlySet<string> = new Set(["paid", "partially_refunded"]);

function Invoices({ invoices, orderId }: { invoices: Membership["invoices"]; orderId: string }) {
  const t = useT();
  const columns: Column<Membership["invoices"][number]>[] = [
    {
      key: "number",
      header: t("office.memberships.invoice"),
      phone: "title",
      cell: (invoice) => invoice.number ?? invoice.stripeInvoiceId,
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
        invoice.payment ? <StatusBadge of="payment" state={invoice.payment.status} /> : t("words.none"),
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
          t("words.none")
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
    </OfficeSection>
  );
}
