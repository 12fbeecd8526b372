import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { redirect } from "@remix-run/node";
import { Link, useActionData, useLoaderData } from "@remix-run/react";
import { leadToPayment } from "~/lib/checkout/begin-checkout.ts";
import { readForm } from "~/lib/form-values.ts";
import { requireSignedIn } from "~/lib/guard.ts";
import { useT } from "~/lib/i18n/language.tsx";
import { t as translate } from "~/lib/i18n/translate.ts";
import { lifeHome, outcomeOf } from "~/lib/memberships/membership-life.ts";
import { currentOrganization } from "~/lib/organizations/chosen-organization.server.ts";
import { pageMeta } from "~/lib/page/page-title.ts";
import { useRefresh } from "~/lib/page/use-refresh.ts";
import { answer } from "~/lib/respond.ts";
import { Banner } from "~/ui/banner.tsx";
import { ChangeLinks } from "~/ui/memberships/change-links.tsx";
import { ChangeOutcomeBanner } from "~/ui/memberships/change-outcome.tsx";
import { PlansAhead } from "~/ui/memberships/membership-plans-ahead.tsx";
import { ActingLink } from "~/ui/organizations/acting-link.tsx";
import { EntitlementsOf } from "~/ui/plans/entitled.tsx";
import { PlanExport } from "~/ui/plans/plan-export.tsx";
import { PlanOrganization } from "~/ui/plans/plan-organization.tsx";
import { PlanPurchase } from "~/ui/plans/plan-purchase.tsx";
import { PlanReasons } from "~/ui/plans/plan-reasons.tsx";
import { PlanSubscription } from "~/ui/plans/plan-subscription.tsx";

const PAYERS: readonly unknown[] = ["owner", "admin", "billing"];

export function loader(args: LoaderFunctionArgs) {
  requireSignedIn(args);
  return answer(args, async (context) => {
    const { caller, locale } = context;
    const { searchParams } = new URL(args.request.url);
    const { items: organizations } = await caller.entitlements.mine({ limit: 500 });
    const wanted = searchParams.get("organization");
    const { current } = await currentOrganization(context);
    const organizationId = wanted ?? current?.id ?? organizations[0]?.id ?? "";
    // First what was just asked for, then how things stand with it.
    const outcome = await outcomeOf(caller, args.request);
    const isCompany = organizations.some(({ id, kind }) => id === organizationId && kind === "company");
    const [held, offered, company] = await Promise.all([
      caller.entitlements.explain({ organizationId }),
      caller.entitlements.plans(),
      isCompany ? caller.organizations.get({ organizationId }) : null,
    ]);
    const mayPay = PAYERS.includes(held.role);
    const { subscription } = held;
    const rank = (code: string | undefined) => offered.plans.findIndex((plan) => plan.code === code);
    return {
      ...{ locale, organizations, organizationId, outcome, subscription, mayPay, isCompany },
      // Paid for, and not carried out yet: what it gives follows in a moment.
      settling:
        (subscription?.status === "active" || subscription?.status === "trialing") &&
        rank(held.plan?.code) < rank(subscription.planCode),
      formKey: crypto.randomUUID(),
      acting: current?.id === organizationId,
      seatsOver: company?.seats.over ?? 0,
      life: subscription && mayPay ? await caller.billing.memberships.life({ id: subscription.id }) : null,
      plan: held.plan && { ...held.plan, name: held.plan.name[locale] },
      features: held.features.map((feature) => ({ ...feature, name: feature.name[locale] })),
      names: Object.fromEntries(offered.plans.map(({ code, name }) => [code, name[locale]])),
      offers: offered.plans.flatMap(({ code, name, prices, trial }) =>
        code === "pilot" ? [] : prices.map((price) => ({ ...price, code, trial, name: name[locale] })),
      ),
      trialUsed: held.trialUsed,
      chosen: searchParams.get("plan"),
      missing: held.features.find(({ key }) => key === searchParams.get("missing"))?.name[locale] ?? null,
    };
  });
}

export function action(args: ActionFunctionArgs) {
  requireSignedIn(args);
  return answer(args, async (context) => {
    const form = await readForm(args.request);
    const organizationId = form.text("organizationId");
    if (form.maybe("portal")) {
      const { url } = await context.caller.checkout.plan.portal({ organizationId });
      return redirect(url);
    }
    const [planCode = "", interval, sells] = form.text("offer").split(" ");
    const typed = form.wholeNumber("seats") ?? 0;
    // A plan that sells no seats is bought as it is.
    const seats = sells === "seats" && typed > 0 ? { seats: Math.min(typed, 1_000) } : {};
    const asked = context.caller.checkout.plan
      .buy({ organizationId, planCode, interval: interval === "year" ? "year" : "month", ...seats })
      .then((bought) => {
        if (bought.outcome === "already_subscribed") throw redirect(bought.portalUrl);
        return bought;
      });
    return leadToPayment(context, asked);
  });
}

export const meta: MetaFunction<typeof loader> = ({ data }) => {
  const locale = data?.locale ?? "sv";
  return pageMeta({ title: translate(locale)("plans.mine.title"), locale });
};

/** An organization's plan: which, what it costs, how to change it, and why there is what there is. */
export default function Plan() {
  const t = useT();
  const page = useLoaderData<typeof loader>();
  const answered = useActionData<typeof action>();
  const notice = answered && "notice" in answered ? answered.notice : null;
  const { organizations, organizationId, plan, subscription, life, mayPay, outcome, formKey } = page;
  useRefresh(page.settling);
  const paidFor = subscription && page.offers.find(({ code }) => code === subscription.planCode)?.name;
  const name = paidFor ?? plan?.name ?? "";
  return (
    <div className="flex flex-col gap-10">
      <div className="flex flex-col gap-4">
        {outcome && <ChangeOutcomeBanner outcome={outcome} organizationId={organizationId} />}
        <h1 className="text-26">{t("plans.mine.title")}</h1>
        <PlanOrganization organizations={organizations} current={organizationId} />
        {page.missing && !answered && (
          <Banner live tone="warn" title={t("plans.mine.missing", { feature: page.missing })}>
            <Link to="/plans">{t("plans.mine.compare")}</Link>
          </Banner>
        )}
        {notice && (
          <Banner live tone="warn" title={notice.title}>
            {notice.text}
          </Banner>
        )}
        {page.settling && !outcome && (
          <Banner
            live
            tone="info"
            title={t("membership.underWay")}
            actions={<Link to={lifeHome(organizationId)}>{t("membership.look")}</Link>}
          >
            {t("membership.underWayText")}
          </Banner>
        )}
        {page.seatsOver > 0 && (
          <Banner
            tone="warn"
            title={t("organizations.seats.over", { count: page.seatsOver })}
            actions={
              <ActingLink to="/account/organization" organizationId={organizationId} current={page.acting}>
                {t("organizations.seats.look")}
              </ActingLink>
            }
          >
            {t("organizations.seats.overText")}
          </Banner>
        )}
        {subscription && life && (
          <PlansAhead
            of={{ membership: { ...life, productName: name, plainName: name, cancelAt: subscription.cancelAt }, life }}
            formKey={formKey}
          />
        )}
        <PlanSubscription plan={plan} subscription={subscription} organizationId={organizationId} mayPay={mayPay}>
          {life && (
            <ChangeLinks
              life={life}
              name={name}
              cardless={subscription?.withoutCard != null}
              seats={
                page.isCompany && (
                  <ActingLink to="/account/organization/seats" organizationId={organizationId} current={page.acting}>
                    {t("seats.link")}
                  </ActingLink>
                )
              }
            />
          )}
        </PlanSubscription>
      </div>
      {subscription === null && mayPay && (
        <PlanPurchase
          offers={page.offers}
          chosen={page.chosen}
          trialUsed={page.trialUsed}
          organizationId={organizationId}
          company={page.isCompany}
        />
      )}
      {!mayPay && <p>{t("plans.mine.notPayer")}</p>}
      <section className="flex flex-col gap-4">
        <h2 className="text-21">{t("plans.why.title")}</h2>
        <PlanReasons features={page.features} plan={plan?.name ?? ""} names={page.names} />
        <p>
          <Link to="/plans">{t("plans.mine.compare")}</Link>
        </p>
      </section>
      <EntitlementsOf held={Object.fromEntries(page.features.map(({ key, value }) => [key, value]))}>
        <PlanExport
          organizationId={organizationId}
          features={page.features}
          plan={plan?.name ?? ""}
          names={page.names}
        />
      </EntitlementsOf>
    </div>
  );
}
