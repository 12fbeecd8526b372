import type { ActionFunctionArgs, AppLoadContext, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { redirect } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { catalogItem } from "~/lib/catalog/catalog-view.ts";
import { readForm } from "~/lib/form-values.ts";
import { formatDate } from "~/lib/format/dates.ts";
import { requireSignedIn } from "~/lib/guard.ts";
import { useLocale } from "~/lib/i18n/language.tsx";
import { t as translate } from "~/lib/i18n/translate.ts";
import type { Locale } from "~/lib/locale.ts";
import { intervalOf } from "~/lib/memberships/account-types.ts";
import { askedChange } from "~/lib/memberships/asked-change.server.ts";
import { quotesFor } from "~/lib/memberships/change-ways.ts";
import {
  askedAlready,
  isMovedOn,
  lifeHome,
  type MembershipLife,
  outcomeHref,
} from "~/lib/memberships/membership-life.ts";
import { isPeriod, type Period } from "~/lib/memberships/memberships.ts";
import { membershipChoices, type PlanChoice, planChoices } from "~/lib/memberships/plan-choices.ts";
import { useLifeWords } from "~/lib/memberships/plan-life-words.ts";
import { pageMeta } from "~/lib/page/page-title.ts";
import { refusalOf } from "~/lib/refusal.ts";
import { answer } from "~/lib/respond.ts";
import { Banner } from "~/ui/banner.tsx";
import { EmptyState } from "~/ui/empty-state.tsx";
import { LinkButton } from "~/ui/link-button.tsx";
import { ChangeWays } from "~/ui/memberships/change-ways.tsx";
import { PlanChoiceList } from "~/ui/plans/plan-choice.tsx";
import { PlanQuote } from "~/ui/plans/plan-quote.tsx";

export function loader(args: LoaderFunctionArgs) {
  requireSignedIn(args);
  return answer(args, async ({ caller, locale }) => {
    const id = args.params.id ?? "";
    const search = new URL(args.request.url).searchParams;
    const life = await caller.billing.memberships.life({ id });
    const already = life.allowed.plan ? null : askedAlready(life, "plan");
    if (already !== null) throw redirect(already);
    const [productId, variantId] = [search.get("product"), search.get("to")];
    const asked = search.get("period");
    const usual = intervalOf(life).unit === "year" ? ("year" as const) : ("month" as const);
    const period = isPeriod(asked) ? asked : usual;
    const chosen = productId && variantId && life.allowed.plan ? { id, productId, variantId } : null;
    const { offer: quoted, refused } = await askedChange(
      locale,
      async () => chosen && quotesFor(caller.billing.memberships.quote, chosen, search.get("timing")),
    );
    return {
      locale,
      life,
      expired: search.has("expired"),
      path: `/account/membership/${id}/plan`,
      formKey: crypto.randomUUID(),
      period,
      ...(await shelfFor(caller, { life, period, locale })),
      offer: quoted?.offer ?? null,
      ways: quoted?.ways ?? [],
      refused,
    };
  });
}

export function action(args: ActionFunctionArgs) {
  requireSignedIn(args);
  return answer(args, async ({ caller }) => {
    const form = await readForm(args.request);
    const id = args.params.id ?? "";
    const { changePlan, life } = caller.billing.memberships;
    const { organizationId } = await life({ id });
    try {
      const { changeId } = await changePlan({
        id,
        quote: form.text("quote"),
        formKey: form.text("formKey"),
      });
      return redirect(outcomeHref(changeId, organizationId));
    } catch (error) {
      if (refusalOf(error)?.code === "subscriptions.quote_expired") {
        const again = new URL(args.request.url);
        again.searchParams.set("expired", "1");
        return redirect(again.pathname.replace(/\.data$/, "") + again.search);
      }
      if (!isMovedOn(error)) throw error;
      return redirect(lifeHome(organizationId));
    }
  });
}

type Shelf = { choices: PlanChoice[]; names: Record<string, string> };

/** A person changes to another membership, an organization to another plan; with what everything is called. */
async function shelfFor(
  caller: AppLoadContext["caller"],
  of: { life: MembershipLife; period: Period; locale: Locale },
): Promise<Shelf> {
  const { life, period, locale } = of;
  if (life.organizationId !== null) {
    const { plans } = await caller.entitlements.plans();
    const names = Object.fromEntries(plans.map(({ productId, name }) => [productId, name[locale]]));
    return { choices: planChoices(plans, { currency: life.currency, period, locale }), names };
  }
  const { items } = await caller.catalog.memberships.list({ currency: life.currency });
  const memberships = items.map((item) => catalogItem(item, locale));
  const names = Object.fromEntries(memberships.map(({ id, name }) => [id, name]));
  return { choices: membershipChoices(memberships, period), names };
}

export const meta: MetaFunction<typeof loader> = ({ data }) => {
  const locale = data?.locale ?? "sv";
  const title = data?.life.organizationId ? "plans.life.title.plan" : "membership.title.plan";
  return pageMeta({ title: translate(locale)(title), locale });
};

/** Another membership: what there is, then what the change costs, then the press that makes it. */
export default function ChangePlan() {
  const { life, choices, names, offer, ways, refused, period, path, formKey, expired } = useLoaderData<typeof loader>();
  const { organizationId } = life;
  const t = useLifeWords(organizationId);
  const locale = useLocale();
  const home = lifeHome(organizationId);
  const nameOf = (productId: string) => names[productId] ?? productId;
  if (!life.allowed.plan) {
    return (
      <EmptyState
        title={t("membership.plan.notNow")}
        action={<LinkButton to={home}>{t("checkout.return.toMembership")}</LinkButton>}
      >
        {life.freeUntil && t("membership.freeUntil", { date: formatDate(life.freeUntil, locale, "prose") })}
      </EmptyState>
    );
  }
  if (refused !== null) {
    return (
      <EmptyState title={refused} action={<LinkButton to={home}>{t("checkout.return.toMembership")}</LinkButton>} />
    );
  }
  if (offer) {
    return (
      <div className="flex flex-col gap-6">
        {expired && (
          <Banner live tone="warn" title={t("membership.quote.expired")}>
            {t("membership.quote.expiredText")}
          </Banner>
        )}
        <PlanQuote
          {...offer}
          formKey={formKey}
          organizationId={organizationId}
          from={nameOf(life.productId)}
          to={nameOf(offer.quote.productId)}
          card={life.card}
          trialing={life.status === "trialing"}
          backTo={home}
        >
          <ChangeWays
            organizationId={organizationId}
            ways={ways}
            chosen={offer.quote.timing}
            hrefOf={(timing) =>
              `${path}?period=${period}&product=${offer.quote.productId}&to=${offer.quote.variantId}&timing=${timing}`
            }
          />
        </PlanQuote>
      </div>
    );
  }
  return (
    <div className="flex flex-col gap-6">
      <h1 className="text-26">{t("membership.title.plan")}</h1>
      <PlanChoiceList
        path={path}
        period={period}
        choices={choices}
        organizationId={organizationId}
        presentVariantId={life.variantId}
        now={{
          product: nameOf(life.productId),
          amount: life.amount,
          currency: life.currency,
          interval: intervalOf(life).unit === "year" ? "year" : "month",
          intervalCount: life.intervalCount,
        }}
      />
      <p>
        <LinkButton to={home}>{t("membership.back")}</LinkButton>
      </p>
    </div>
  );
}
