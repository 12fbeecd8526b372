import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { redirect } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { readForm } from "~/lib/form-values.ts";
import { formatDate } from "~/lib/format/dates.ts";
import { formatMoney, formatPercent, formatPricePerInterval } from "~/lib/format/money.ts";
import { requireSignedIn } from "~/lib/guard.ts";
import { Rich, useLocale, useT } from "~/lib/i18n/language.tsx";
import { t as translate } from "~/lib/i18n/translate.ts";
import { pageIn } from "~/lib/locale.ts";
import { intervalOf, isRunning, type OwnMembership, ownMembership } from "~/lib/memberships/account-types.ts";
import {
  endedHref,
  isMovedOn,
  lifeHome,
  type MembershipLife,
  outcomeHref,
  outcomeOf,
} from "~/lib/memberships/membership-life.ts";
import { pageMeta } from "~/lib/page/page-title.ts";
import { answer } from "~/lib/respond.ts";
import { type Description, DescriptionList } from "~/ui/description-list.tsx";
import { EmptyState } from "~/ui/empty-state.tsx";
import { LinkButton } from "~/ui/link-button.tsx";
import { ChangeLinks } from "~/ui/memberships/change-links.tsx";
import { ChangeOutcomeBanner } from "~/ui/memberships/change-outcome.tsx";
import { MembershipBadge } from "~/ui/memberships/membership-badge.tsx";
import { PlansAhead } from "~/ui/memberships/membership-plans-ahead.tsx";
import { MembershipSummary } from "~/ui/memberships/membership-summary.tsx";
import { RecurringSum } from "~/ui/pricing/recurring-sum.tsx";

export function loader(args: LoaderFunctionArgs) {
  requireSignedIn(args);
  return answer(args, async ({ caller, locale }) => {
    // First what was just asked for, then how things stand with it.
    const outcome = await outcomeOf(caller, args.request);
    const mine = await caller.subscriptions.mine.list();
    const memberships = mine.items.map((row) => ownMembership(row, locale));
    const lives = await Promise.all(
      memberships.filter(isRunning).map(async (membership) => {
        return { membership, life: await caller.billing.memberships.life({ id: membership.id }) };
      }),
    );
    return {
      locale,
      outcome,
      lives,
      formKey: crypto.randomUUID(),
      ended: memberships.filter((one) => !isRunning(one)),
    };
  });
}

/**
 * Wishes that need nothing but a press: taking back what is ahead, going on after a pause, charging what is overdue; and
 * another card. Of an organization's plan too: the form names whose page one comes back to.
 */
export function action(args: ActionFunctionArgs) {
  requireSignedIn(args);
  return answer(args, async ({ caller }) => {
    const form = await readForm(args.request);
    const wish = { id: form.text("id"), formKey: form.text("formKey") };
    const organizationId = form.maybe("organization") ?? null;
    const { changeCard, keep, resume, retry } = caller.billing.memberships;
    try {
      // The provider's page: a whole new document.
      if (form.text("intent") === "card") return redirect((await changeCard({ id: wish.id })).url);
      const ask = { keep, resume, retry }[form.text("intent")];
      if (!ask) throw new Response(null, { status: 400 });
      return redirect(outcomeHref((await ask(wish)).changeId, organizationId));
    } catch (error) {
      if (!isMovedOn(error)) throw error;
      if (form.text("intent") === "keep") {
        const life = await caller.billing.memberships.life({ id: wish.id });
        if (life.endedAt !== null) return redirect(endedHref(life));
      }
      return redirect(lifeHome(organizationId));
    }
  });
}

export const meta: MetaFunction<typeof loader> = ({ data }) => {
  const locale = data?.locale ?? "sv";
  return pageMeta({ title: translate(locale)("account.nav.membership"), locale });
};

export default function Membership() {
  const t = useT();
  const locale = useLocale();
  const { lives, ended, outcome, formKey } = useLoaderData<typeof loader>();
  return (
    <div className="flex flex-col gap-8">
      {outcome && <ChangeOutcomeBanner outcome={outcome} organizationId={null} />}
      <h1 className="text-26">{t("account.nav.membership")}</h1>
      {lives.length === 0 && (
        <EmptyState
          art="membership-open"
          title={t("account.none")}
          action={
            <LinkButton to={pageIn("/membership", locale)} variant="primary">
              {t("shop.home.see")}
            </LinkButton>
          }
        >
          {t("account.noneNext")}
        </EmptyState>
      )}
      {lives.map(({ membership, life }) => (
        <div key={membership.id} className="flex flex-col gap-5">
          <PlansAhead of={{ membership, life }} formKey={formKey} />
          <MembershipSummary membership={membership} />
          <MembershipFacts membership={membership} life={life} />
          <ChangeLinks life={life} name={membership.productName} cardless={membership.withoutCard !== null} />
        </div>
      ))}
      {lives.length > 0 && (
        <p className="max-w-prose">
          <Rich
            message="account.membership.withdraw"
            values={{
              link: <Link to={`${pageIn("/terms", locale)}#withdrawal`}>{t("shop.footer.withdraw")}</Link>,
            }}
          />
        </p>
      )}
      {ended.length > 0 && (
        <section aria-labelledby="ended" className="flex flex-col gap-4">
          <h2 id="ended" className="text-21">
            {t("account.ended")}
          </h2>
          <ul className="divide-y divide-line border-y border-line">
            {ended.map((membership) => (
              <li key={membership.id} className="flex flex-wrap items-center justify-between gap-4 py-3">
                <span className="font-medium">{membership.productName}</span>
                <MembershipBadge of={membership} />
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}

type MembershipFactsProps = { membership: OwnMembership; life: Pick<MembershipLife, "campaignEnd" | "units"> };

function MembershipFacts({ membership, life: { campaignEnd, units } }: MembershipFactsProps) {
  const t = useT();
  const locale = useLocale();
  const { campaign, startedAt, currentPeriodStartAt, currentPeriodEndAt, taxRateBps } = membership;
  const rows: Description[] = [
    { term: t("account.membership.price"), value: <RecurringSum of={membership} /> },
    ...(units && membership.units > 1
      ? [
          {
            term: t("units.each"),
            value: <RecurringSum of={{ ...membership, amount: units.eachAmount }} />,
          },
        ]
      : []),
    { term: t("account.membership.vat"), value: `${t("prices.inclVat")} ${formatPercent(taxRateBps, locale)}` },
  ];
  if (campaign?.name) {
    rows.push({
      term: t("account.membership.campaign"),
      value:
        campaignEnd === null
          ? t("account.membership.campaignWhole", { name: campaign.name })
          : t("account.membership.campaignUntil", {
              name: campaign.name,
              date: formatDate(campaignEnd.at, locale, "prose"),
              price: formatPricePerInterval(
                { amount: campaignEnd.amount, currency: membership.currency },
                intervalOf(campaignEnd),
                locale,
                "ledger",
              ),
            }),
    });
  }
  if (membership.discountBps !== null || membership.discountAmount !== null) {
    const { discountBps, discountAmount, discountUntilAt, currency } = membership;
    const off =
      discountBps === null
        ? formatMoney({ amount: discountAmount ?? 0, currency }, locale, "ledger")
        : formatPercent(discountBps, locale);
    rows.push({
      term: t("account.membership.discount"),
      value: discountUntilAt
        ? t("account.membership.discountUntil", { off, date: formatDate(discountUntilAt, locale, "prose") })
        : t("account.membership.discountEver", { off }),
    });
  }
  if (startedAt) rows.push({ term: t("account.membership.started"), value: formatDate(startedAt, locale, "prose") });
  // While it rests nothing is paid: there is no period.
  if (currentPeriodStartAt && currentPeriodEndAt && membership.status !== "paused") {
    rows.push({
      term: t(periodTerm(membership.status)),
      value: t("account.membership.periodValue", {
        from: formatDate(currentPeriodStartAt, locale, "prose"),
        to: formatDate(currentPeriodEndAt, locale, "prose"),
      }),
    });
  }
  rows.push({
    term: t("account.membership.order"),
    value: <Link to={`/account/orders/${membership.orderId}`}>{membership.orderNumber}</Link>,
  });
  return <DescriptionList rows={rows} />;
}

/** What the period that runs is called: it is not paid while a payment is missing. */
function periodTerm(status: OwnMembership["status"]) {
  if (status === "trialing") return "account.membership.trial";
  return status === "past_due" || status === "unpaid" ? "invoices.period" : "account.membership.period";
}
