import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { redirect } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { intervalOf } from "~/lib/account-types.ts";
import { catalogItem } from "~/lib/catalog-view.ts";
import { readForm } from "~/lib/form-values.ts";
import { requireSignedIn } from "~/lib/guard.ts";
import { useT } from "~/lib/i18n/language.tsx";
import { t as translate } from "~/lib/i18n/translate.ts";
import { isMovedOn, outcomeHref } from "~/lib/membership-life.ts";
import { isPeriod } from "~/lib/memberships.ts";
import { pageMeta } from "~/lib/page-title.ts";
import { planChoices } from "~/lib/plan-choices.ts";
import { refusalOf } from "~/lib/refusal.ts";
import { answer } from "~/lib/respond.ts";
import { Banner } from "~/ui/banner.tsx";
import { EmptyState } from "~/ui/empty-state.tsx";
import { LinkButton } from "~/ui/link-button.tsx";
import { PlanChoiceList } from "~/ui/plan-choice.tsx";
import { PlanQuote } from "~/ui/plan-quote.tsx";

export function loader(args: LoaderFunctionArgs) {
  requireSignedIn(args);
  return answer(args, async ({ caller, locale }) => {
    const id = args.params.id ?? "";
    const search = new URL(args.request.url).searchParams;
    const life = await caller.billing.memberships.life({ id });
    const shelf = await caller.catalog.memberships.list({ currency: life.currency });
    const memberships = shelf.items.map((item) => catalogItem(item, locale));
    const [productId, variantId] = [search.get("product"), search.get("to")];
    const asked = search.get("period");
    const chosen = productId && variantId && life.allowed.plan ? { id, productId, variantId } : null;
    return {
      locale,
      life,
      expired: search.has("expired"),
      path: `/account/membership/${id}/plan`,
      formKey: crypto.randomUUID(),
      period: isPeriod(asked) ? asked : intervalOf(life).unit === "year" ? ("year" as const) : ("month" as const),
      memberships,
      offer: chosen && (await caller.billing.memberships.quote(chosen)),
    };
  });
}

export function action(args: ActionFunctionArgs) {
  requireSignedIn(args);
  return answer(args, async ({ caller }) => {
    const form = await readForm(args.request);
    try {
      const { changeId } = await caller.billing.memberships.changePlan({
        id: args.params.id ?? "",
        quote: form.text("quote"),
        formKey: form.text("formKey"),
      });
      return redirect(outcomeHref(changeId));
    } catch (error) {
      if (refusalOf(error)?.code === "subscriptions.quote_expired") {
        const again = new URL(args.request.url);
        again.searchParams.set("expired", "1");
        return redirect(again.pathname.replace(/\.data$/, "") + again.search);
      }
      if (!isMovedOn(error)) throw error;
      return redirect("/account/membership");
    }
  });
}

export const meta: MetaFunction<typeof loader> = ({ data }) => {
  const locale = data?.locale ?? "sv";
  return pageMeta({ title: translate(locale)("membership.title.plan"), locale });
};

/** Another membership: what there is, then what the change costs, then the press that makes it. */
export default function ChangePlan() {
  const t = useT();
  const { life, memberships, offer, period, path, formKey, expired } = useLoaderData<typeof loader>();
  const nameOf = (productId: string) => memberships.find((item) => item.id === productId)?.name ?? productId;
  if (!life.allowed.plan) {
    return (
      <EmptyState
        title={t("membership.plan.notNow")}
        action={<LinkButton to="/account/membership">{t("checkout.return.toMembership")}</LinkButton>}
      >
        {null}
      </EmptyState>
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
          from={nameOf(life.productId)}
          to={nameOf(offer.quote.productId)}
          card={life.card}
          trialing={life.status === "trialing"}
          backTo="/account/membership"
        />
      </div>
    );
  }
  return (
    <div className="flex flex-col gap-6">
      <h1 className="text-26">{t("membership.title.plan")}</h1>
      <PlanChoiceList
        path={path}
        period={period}
        choices={planChoices(memberships, period)}
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
        <LinkButton to="/account/membership">{t("membership.back")}</LinkButton>
      </p>
    </div>
  );
}
