import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { Link, useActionData, useLoaderData } from "@remix-run/react";
import { Fragment } from "react";
import { requireStaff } from "~/lib/guard.ts";
import { useLocale, useT } from "~/lib/i18n/language.tsx";
import { namedUnits } from "~/lib/memberships/named-units.ts";
import { pageMeta } from "~/lib/page/page-title.ts";
import { partPlace, TIMELINE_PLACE } from "~/lib/page/part-place.ts";
import { heldReasons } from "~/lib/plans/held-reasons.ts";
import { refusalOf } from "~/lib/refusal.ts";
import { answer, formStatus } from "~/lib/respond.ts";
import { Banner } from "~/ui/banner.tsx";
import { BreakAt } from "~/ui/break-at.tsx";
import { CopyText } from "~/ui/copy-text.tsx";
import { DescriptionList } from "~/ui/description-list.tsx";
import { LinkButton } from "~/ui/link-button.tsx";
import { HappensNext } from "~/ui/memberships/happens-next.tsx";
import { MembershipBadge } from "~/ui/memberships/membership-badge.tsx";
import { Moment } from "~/ui/moment.tsx";
import { Money } from "~/ui/money.tsx";
import { CustomerFlags, CustomerNotes } from "~/ui/office/customer-notes.tsx";
import { HappeningPages } from "~/ui/office/happening-pages.tsx";
import { OfficeSection } from "~/ui/office/office-section.tsx";
import { ReasonsOfAll } from "~/ui/plans/office-reasons.tsx";
import { RecurringSum } from "~/ui/pricing/recurring-sum.tsx";
import { StatusBadge } from "~/ui/status-badge.tsx";
import { flagInput, noteInput } from "../../server/reporting/input.ts";

/** May write about customers; the server has the same list. */
const WRITING: readonly string[] = ["owner", "finance", "support"];

/** Of so many organizations a customer's page says what they may do and why; of the others it is a click away. */
const EXPLAINED = 3;

export function loader(args: LoaderFunctionArgs) {
  const { role } = requireStaff(args);
  return answer(args, async ({ caller, locale }) => {
    const place = partPlace(args.request, TIMELINE_PLACE);
    const customer = await caller.customers.get({ id: args.params.id ?? "", ...place });
    const first = customer.organizations.slice(0, EXPLAINED).map(({ id }) => id);
    const held = await heldReasons({ caller, locale }, first);
    return { locale, mayWrite: WRITING.includes(role), customer, held };
  });
}

/** Writes a note, or sets or clears a flag. */
export function action(args: ActionFunctionArgs) {
  requireStaff(args);
  return answer(args, async ({ caller }) => {
    const form = await args.request.formData();
    const asked = { ...Object.fromEntries(form), customerId: args.params.id ?? "" };
    const isFlag = form.get("intent") === "flag";
    const flag = flagInput.safeParse(asked);
    const note = noteInput.safeParse(asked);
    try {
      if (isFlag) await caller.customers.flag(flag.success ? flag.data : (asked as never));
      else await caller.customers.note(note.success ? note.data : (asked as never));
    } catch (error) {
      if (refusalOf(error)?.kind !== "invalid") throw error;
      return data({ done: false }, { status: formStatus(args.request, 422) });
    }
    return redirect(new URL(args.request.url).pathname);
  });
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) =>
  pageMeta({ title: page?.customer.name ?? page?.customer.email ?? "Customer", locale: page?.locale ?? "sv" });

type Customer = Awaited<ReturnType<typeof useLoaderData<typeof loader>>>["customer"];

export default function CustomerPage() {
  const t = useT();
  const { customer, held, mayWrite } = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  const error = refused ? t("errors.enter", { label: t("office.customers.note").toLowerCase() }) : undefined;
  return (
    <div className="flex flex-col gap-8">
      <div className="flex flex-col gap-1">
        <h1 className="min-w-0 text-26 font-bold">
          <BreakAt text={customer.name ?? customer.email} />
        </h1>
        {customer.name && <p className="break-all text-fg-muted">{customer.email}</p>}
        <p className="flex flex-wrap gap-x-6 gap-y-1">
          {customer.account && <Link to={`/admin/customers/${customer.id}/access`}>{t("security.access.title")}</Link>}
          <Link to={`/admin/credits/${customer.id}`}>{t("crediting.title")}</Link>
          <Link to={`/admin/customers/${customer.id}/keys`}>{t("balance.keys.ofCustomer")}</Link>
          {customer.organizations.map(({ id, name }) => (
            <Fragment key={id}>
              <Link to={`/admin/organizations/${id}`}>{name ?? t("office.customers.ownOrganization")}</Link>
              <Link to={`/admin/entitlements/${id}`}>
                {t("plans.office.of", { who: name ?? t("plans.mine.personal") })}
              </Link>
            </Fragment>
          ))}
        </p>
      </div>
      {customer.mergedIntoId && (
        <Banner
          tone="info"
          title={t("office.customers.merged")}
          actions={
            <LinkButton size="compact" to={`/admin/customers/${customer.mergedIntoId}`}>
              {t("office.customers.openMerged")}
            </LinkButton>
          }
        />
      )}
      <div className="grid gap-8 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
        <div className="flex min-w-0 flex-col gap-8">
          <HappensNext events={customer.next} />
          <Bought customer={customer} />
          <ReasonsOfAll of={held} />
          <HappeningPages title={t("office.customers.timeline")} page={customer.timeline} />
        </div>
        <div className="flex min-w-0 flex-col gap-8">
          <Facts customer={customer} />
          <CustomerFlags flags={customer.flags} mayWrite={mayWrite} />
          <CustomerNotes notes={customer.notes} noteKey={customer.noteKey} mayWrite={mayWrite} error={error} />
          <Mails customer={customer} />
        </div>
      </div>
    </div>
  );
}

/** Where the rest is, once there may be more than the page shows. */
function AllInList({ of, customer, shown }: { of: string; customer: Customer; shown: number }) {
  const t = useT();
  if (shown < customer.recent) return null;
  return (
    <Link to={`/admin/${of}?q=${encodeURIComponent(customer.email)}`}>{t("office.newest", { count: shown })}</Link>
  );
}

function Bought({ customer }: { customer: Customer }) {
  const t = useT();
  const locale = useLocale();
  const row = "flex flex-wrap items-center justify-between gap-3 py-3";
  const allOf = (list: string, shown: readonly unknown[]) => (
    <AllInList of={list} customer={customer} shown={shown.length} />
  );
  return (
    <>
      {customer.memberships.length > 0 && (
        <OfficeSection title={t("office.memberships.title")} aside={allOf("memberships", customer.memberships)}>
          <ul className="divide-y divide-line border-y border-line">
            {customer.memberships.map((membership) => (
              <li key={membership.id} className={row}>
                <Link to={`/admin/memberships/${membership.id}`}>
                  {namedUnits(membership.productName[locale], membership.units)}
                </Link>
                <MembershipBadge of={membership} />
                <RecurringSum of={membership} />
              </li>
            ))}
          </ul>
        </OfficeSection>
      )}
      {customer.orders.length > 0 && (
        <OfficeSection title={t("office.orders.title")} aside={allOf("orders", customer.orders)}>
          <ul className="divide-y divide-line border-y border-line">
            {customer.orders.map((order) => (
              <li key={order.id} className={row}>
                <Link to={`/admin/orders/${order.id}`}>{order.number}</Link>
                <StatusBadge of="order" state={order.status} />
                <Moment at={order.placedAt} />
                <Money of={{ amount: order.totalAmount, currency: order.currency }} />
              </li>
            ))}
          </ul>
        </OfficeSection>
      )}
    </>
  );
}

function Facts({ customer }: { customer: Customer }) {
  const t = useT();
  return (
    <DescriptionList
      prose
      rows={[
        { term: "Id", value: <CopyText text={customer.id} what="id" shorten /> },
        { term: t("office.customers.since"), value: <Moment at={customer.createdAt} /> },
        {
          term: t("office.customers.kind"),
          value: t(
            customer.account
              ? customer.account.emailVerifiedAt
                ? "office.customers.kind.account"
                : "office.customers.kind.unconfirmed"
              : "office.customers.kind.guest",
          ),
        },
        ...(customer.paid.length > 0
          ? [
              {
                term: t("office.customers.paid"),
                value: customer.paid.map((sum) => (
                  <span key={sum.currency} className="block">
                    <Money of={{ amount: sum.amount - sum.refundedAmount, currency: sum.currency }} />
                  </span>
                )),
              },
            ]
          : []),
        ...(customer.providerCustomers.length > 0
          ? [
              {
                term: t("office.customers.ids"),
                value: customer.providerCustomers.map((one) => (
                  <span key={one.externalId} className="block">
                    <CopyText text={one.externalId} what={t("office.customers.ids")} shorten />
                  </span>
                )),
              },
            ]
          : []),
      ]}
    />
  );
}

function Mails({ customer }: { customer: Customer }) {
  const t = useT();
  if (customer.emails.length === 0) return null;
  return (
    <OfficeSection
      title={t("office.customers.mails")}
      aside={<AllInList of="mail" customer={customer} shown={customer.emails.length} />}
    >
      <ul className="divide-y divide-line border-y border-line">
        {customer.emails.map((email) => (
          <li key={email.id} className="flex flex-col gap-1 py-3">
            <Link to={`/admin/mail/${email.id}`}>{email.subject}</Link>
            <span className="flex flex-wrap items-center gap-2 text-fg-muted">
              <StatusBadge of="mail" state={email.status} />
              <Moment at={email.createdAt} withTime />
            </span>
          </li>
        ))}
      </ul>
    </OfficeSection>
  );
}
