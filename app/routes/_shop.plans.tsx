import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { useT } from "~/lib/i18n/language.tsx";
import { t as translate } from "~/lib/i18n/translate.ts";
import { pageMeta } from "~/lib/page/page-title.ts";
import { answer } from "~/lib/respond.ts";
import { PlanCard } from "~/ui/plans/plan-card.tsx";
import { PlanMatrix } from "~/ui/plans/plan-matrix.tsx";

export function loader(args: LoaderFunctionArgs) {
  return answer(args, async ({ caller, locale }) => {
    const { plans, features } = await caller.entitlements.plans();
    return {
      locale,
      plans: plans.map((plan) => ({ ...plan, name: plan.name[locale], summary: plan.summary[locale] })),
      features: features.filter(({ derived }) => !derived).map(({ key, name }) => ({ key, name: name[locale] })),
    };
  });
}

export const meta: MetaFunction<typeof loader> = ({ data }) => {
  const locale = data?.locale ?? "sv";
  const t = translate(locale);
  return pageMeta({ title: t("plans.title"), description: t("plans.lead"), locale });
};

/** The plans side by side, with what each costs and holds. */
export default function Plans() {
  const t = useT();
  const { plans, features } = useLoaderData<typeof loader>();
  return (
    <div className="mx-auto flex w-full max-w-shop flex-col gap-10 px-4 pt-8 md:px-6 md:pt-16">
      <header className="flex max-w-prose flex-col gap-3">
        <h1 className="type-display text-display">{t("plans.title")}</h1>
        <p className="text-18">{t("plans.lead")}</p>
      </header>
      {plans.length === 0 ? (
        <p>{t("plans.none")}</p>
      ) : (
        <>
          <div className="grid gap-4 md:grid-cols-3">
            {plans.map((plan) => (
              <PlanCard key={plan.code} plan={plan} />
            ))}
          </div>
          <section className="flex flex-col gap-4">
            <h2 className="text-26">{t("plans.matrix")}</h2>
            <PlanMatrix plans={plans} features={features} />
          </section>
        </>
      )}
    </div>
  );
}
