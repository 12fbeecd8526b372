import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { isRunning, type OwnMembership, ownMembership } from "~/lib/account-types.ts";
import { formatDate } from "~/lib/format/dates.ts";
import { formatPercent } from "~/lib/format/money.ts";
import { requireSignedIn } from "~/lib/guard.ts";
import { Rich, useLocale, useT } from "~/lib/i18n/language.tsx";
import { t as translate } from "~/lib/i18n/translate.ts";
import { pageIn } from "~/lib/locale.ts";
import { pageMeta } from "~/lib/page-title.ts";
import { answer } from "~/lib/respond.ts";
import { useRootData } from "~/lib/root-data.ts";
import { type Description, DescriptionList } from "~/ui/description-list.tsx";
import { EmptyState } from "~/ui/empty-state.tsx";
import { LinkButton } from "~/ui/link-button.tsx";
import { MembershipBadge } from "~/ui/membership-badge.tsx";
import { MembershipSummary } from "~/ui/membership-summary.tsx";
import { OverdueBanner } from "~/ui/overdue-banner.tsx";
import { RecurringSum } from "~/ui/recurring-sum.tsx";

export function loader(args: LoaderFunctionArgs) {
  requireSignedIn(args);
  return answer(args, async ({ caller, locale }) => {
    const mine = await caller.subscriptions.mine.list();
    return { locale, memberships: mine.items.map((row) => ownMembership(row, locale)) };
  });
}

export const meta: MetaFunction<typeof loader> = ({ data }) => {
  const locale = data?.locale ?? "sv";
  return pageMeta({ title: translate(locale)("account.nav.membership"), locale });
};

export default function Membership() {
  const t = useT();
  const locale = useLocale();
  const { memberships } = useLoaderData<typeof loader>();
  const email = useRootData()?.company.email ?? "";
  const running = memberships.filter(isRunning);
  const ended = memberships.filter((membership) => !isRunning(membership));
  return (
    <div className="flex flex-col gap-8">
      <OverdueBanner memberships={running} />
      <h1 className="text-26">{t("account.nav.membership")}</h1>
      {running.length === 0 && (
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
      {running.map((membership) => (
        <div key={membership.id} className="flex flex-col gap-5">
          <MembershipSummary membership={membership} />
          <MembershipFacts membership={membership} />
        </div>
      ))}
      {running.length > 0 && (
        <section aria-labelledby="change" className="flex max-w-prose flex-col gap-2">
          <h2 id="change" className="text-21">
            {t("account.membership.change")}
          </h2>
          <p>
            <Rich message="account.membership.changeText" values={{ email: <a href={`mailto:${email}`}>{email}</a> }} />
          </p>
          <p>
            <Rich
              message="account.membership.withdraw"
              values={{
                link: <Link to={`${pageIn("/terms", locale)}#withdrawal`}>{t("shop.footer.withdraw")}</Link>,
              }}
            />
          </p>
        </section>
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

function MembershipFacts({ membership }: { membership: OwnMembership }) {
  const t = useT();
  const locale = useLocale();
  const { campaign, startedAt, currentPeriodStartAt, currentPeriodEndAt, taxRateBps } = membership;
  const rows: Description[] = [
    { term: t("account.membership.price"), value: <RecurringSum of={membership} /> },
    { term: t("account.membership.vat"), value: `${t("prices.inclVat")} ${formatPercent(taxRateBps, locale)}` },
  ];
  if (campaign?.name) {
    rows.push({
      term: t("account.membership.campaign"),
      value:
        campaign.durationMonths === null
          ? t("account.membership.campaignWhole", { name: campaign.name })
          : campaign.name,
    });
  }
  if (startedAt) rows.push({ term: t("account.membership.started"), value: formatDate(startedAt, locale, "prose") });
  if (currentPeriodStartAt && currentPeriodEndAt) {
    rows.push({
      term: t("account.membership.period"),
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
