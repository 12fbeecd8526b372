import type { ActionFunctionArgs, AppLoadContext, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useActionData, useLoaderData } from "@remix-run/react";
import { formatMoney } from "~/lib/format/money.ts";
import { requireStaff, requireStaffRole } from "~/lib/guard.ts";
import { useLocale, useT } from "~/lib/i18n/language.tsx";
import type { Translate } from "~/lib/i18n/translate.ts";
import type { Locale } from "~/lib/locale.ts";
import { askedChange } from "~/lib/memberships/asked-change.server.ts";
import { CHANGE_WAYS } from "~/lib/memberships/change-ways.ts";
import { actOnMembership } from "~/lib/memberships/membership-acts.server.ts";
import { namedUnits } from "~/lib/memberships/named-units.ts";
import { type OfficeChoice, type OfficeLife, officeChoices, planChoices } from "~/lib/memberships/office-life.ts";
import { answerUnits } from "~/lib/memberships/unit-change.server.ts";
import { answerSeats } from "~/lib/organizations/seat-change.server.ts";
import { pageMeta } from "~/lib/page/page-title.ts";
import { partPlace, TIMELINE_PLACE } from "~/lib/page/part-place.ts";
import { useRefresh } from "~/lib/page/use-refresh.ts";
import { answer } from "~/lib/respond.ts";
import { Banner } from "~/ui/banner.tsx";
import { CopyText } from "~/ui/copy-text.tsx";
import { DescriptionList } from "~/ui/description-list.tsx";
import { MembershipActs } from "~/ui/memberships/membership-acts.tsx";
import { MembershipAhead } from "~/ui/memberships/membership-ahead.tsx";
import { MembershipBadge } from "~/ui/memberships/membership-badge.tsx";
import { MembershipInvoices } from "~/ui/memberships/membership-invoices.tsx";
import { MembershipWishes } from "~/ui/memberships/membership-wishes.tsx";
import { PeriodRail } from "~/ui/memberships/period-rail.tsx";
import { UnitsHeld } from "~/ui/memberships/unit-change.tsx";
import { Moment } from "~/ui/moment.tsx";
import { HappeningPages } from "~/ui/office/happening-pages.tsx";
import { OfficeSection } from "~/ui/office/office-section.tsx";
import { RecurringSum } from "~/ui/pricing/recurring-sum.tsx";

const MONEY: readonly string[] = ["owner", "finance"];
const HELP = ["owner", "finance", "support"] as const;

export function loader(args: LoaderFunctionArgs) {
  const { role } = requireStaff(args);
  return answer(args, async ({ caller, locale, businessNow }) => {
    const id = args.params.id ?? "";
    const life = await caller.billing.office.life({ id });
    const search = new URL(args.request.url).searchParams;
    const [productId, variantId] = (search.get("to") ?? "").split(":");
    const timing = CHANGE_WAYS.find((one) => one === search.get("timing"));
    const asked = productId && variantId && life.allowed.plan ? { id, productId, variantId, timing } : null;
    const seats = life.organization ? await caller.billing.office.seats({ id }) : null;
    const asking = seats && seats.plan.why === null ? args.request : new Request(new URL("/", args.request.url));
    return {
      seats,
      seatAnswer: await answerSeats(asking, locale, (wish) => caller.billing.office.quoteSeats({ id, ...wish })),
      unitAnswer: await answerUnits(
        life.units && life.allowed.units ? args.request : new Request(new URL("/", args.request.url)),
        locale,
        (units) => caller.billing.office.quoteUnits({ id, units }),
      ),
      locale,
      now: businessNow,
      membership: await caller.subscriptions.get({ id, ...partPlace(args.request, TIMELINE_PLACE) }),
      life,
      choices: await choicesFor(caller, life, locale),
      ...(await askedChange(locale, async () => asked && caller.billing.office.quote(asked))),
      mayMoveMoney: MONEY.includes(role),
      mayHelp: HELP.some((one) => one === role),
      formKey: crypto.randomUUID(),
    };
  });
}

export function action(args: ActionFunctionArgs) {
  requireStaffRole(args, HELP);
  return answer(args, () => actOnMembership(args));
}

/** A person changes to another membership, an organization to another plan. */
async function choicesFor(caller: AppLoadContext["caller"], life: OfficeLife, locale: Locale): Promise<OfficeChoice[]> {
  if (life.organization) return planChoices((await caller.entitlements.plans()).plans, life.currency, locale);
  return officeChoices((await caller.catalog.memberships.list({ currency: life.currency })).items, locale);
}

export const meta: MetaFunction<typeof loader> = ({ data }) => {
  const locale = data?.locale ?? "sv";
  return pageMeta({ title: data?.membership.productName[locale] ?? "Membership", locale });
};

export default function MembershipPage() {
  const t = useT();
  const locale = useLocale();
  const { membership, now, life, ...acts } = useLoaderData<typeof loader>();
  const result = useActionData<typeof action>();
  useRefresh(life.inFlight !== null && life.inFlight.status !== "awaiting_payment");
  const { currentPeriodStartAt: start, currentPeriodEndAt: end } = membership;
  const none = t("words.none");
  const renews = !membership.cancelAt && !life.pauseAt && (life.status === "active" || life.status === "trialing");
  const mayEnd = life.status === "trialing" && membership.withoutCard !== null;
  const renewsFor =
    renews && !mayEnd
      ? formatMoney({ amount: membership.nextAmount, currency: membership.currency }, locale, "ledger")
      : null;
  return (
    <div className="flex flex-col gap-8">
      <div className="flex flex-wrap items-center gap-3">
        <h1 className="text-26 font-bold">{namedUnits(membership.productName[locale], membership.units)}</h1>
        <MembershipBadge of={membership} />
        <span className="ml-auto text-26 font-bold">
          <RecurringSum of={membership} />
        </span>
      </div>
      {start && end && !membership.endedAt && (
        <PeriodRail
          label={t("office.memberships.period")}
          start={{ at: start, label: t("office.memberships.periodStart") }}
          end={{
            at: end,
            label:
              renewsFor === null
                ? t("office.memberships.periodEnd")
                : t("account.period.renewsSum", { sum: renewsFor }),
          }}
          now={now}
          marks={marksOf(life, t)}
        />
      )}
      {result?.done && <Banner live tone="ok" title={t("memberships.done")} />}
      {result?.problem === "changed" && <Banner live tone="warn" title={t("memberships.changed")} />}
      <OfficeSection title={t("memberships.ahead")}>
        <MembershipAhead
          life={life}
          cancelAt={membership.cancelAt}
          nextAmount={membership.nextAmount}
          withoutCard={membership.withoutCard}
        />
      </OfficeSection>
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
          ...(life.organization
            ? [
                {
                  term: t("organizations.title"),
                  value: (
                    <Link to={`/admin/organizations/${life.organization.id}`} className="break-all">
                      {life.organization.name ?? t("office.customers.ownOrganization")}
                    </Link>
                  ),
                },
              ]
            : []),
          ...(life.units ? [{ term: t("units.title"), value: <UnitsHeld life={life} /> }] : []),
          {
            term: t("office.memberships.order"),
            value: <Link to={`/admin/orders/${membership.orderId}`}>{membership.orderNumber}</Link>,
          },
          {
            term: t("office.memberships.since"),
            value: membership.startedAt ? <Moment at={membership.startedAt} withTime /> : none,
          },
          ...(membership.trialEndAt
            ? [
                {
                  term: t(membership.freeTime ? "account.period.freeEnds" : "account.period.trialEnds"),
                  value: <Moment at={membership.trialEndAt} withTime />,
                },
              ]
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
      {!membership.endedAt && (
        <OfficeSection title={t("memberships.acts")}>
          <MembershipActs life={life} {...acts} reasonMissing={result?.problem === "reason"} />
        </OfficeSection>
      )}
      <MembershipInvoices of={membership} />
      {life.changes.length > 0 && (
        <OfficeSection title={t("memberships.history")}>
          <MembershipWishes changes={life.changes} />
        </OfficeSection>
      )}
      <HappeningPages title={t("office.orders.timeline")} page={membership.history} />
    </div>
  );
}

/** What happens inside the period that is shown: a booked switch, the next try at what is unpaid, the end of a discount. */
function marksOf(life: OfficeLife, t: Translate) {
  const { scheduled, unpaid, discount } = life;
  return [
    ...((scheduled?.kind === "plan" || scheduled?.kind === "seats" || scheduled?.kind === "units") &&
    scheduled.effectiveAt
      ? [{ at: scheduled.effectiveAt, label: t("memberships.mark.change") }]
      : []),
    ...(unpaid?.nextAttemptAt ? [{ at: unpaid.nextAttemptAt, label: t("memberships.mark.retry") }] : []),
    ...(discount?.untilAt ? [{ at: discount.untilAt, label: t("memberships.mark.discount") }] : []),
  ];
}
