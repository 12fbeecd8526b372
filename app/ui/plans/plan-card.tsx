import { useT } from "~/lib/i18n/language.tsx";
import type { WithoutCard } from "~/lib/memberships/trial-words.ts";
import { LinkButton } from "../link-button.tsx";
import { RecurringSum } from "../pricing/recurring-sum.tsx";

export type PlanFacts = {
  code: string;
  name: string;
  summary: string;
  trial: { days: number; withoutCard: WithoutCard } | null;
  prices: readonly { currency: string; interval: "month" | "year"; amount: number; seatAmount?: number | null }[];
};

/** A plan with what it costs by the month and by the year, and the way to buy it. */
export function PlanCard({ plan }: { plan: PlanFacts }) {
  const t = useT();
  const [first, ...others] = plan.prices;
  const free = first === undefined || first.amount === 0;
  return (
    <article className="flex flex-col gap-4 rounded-card border border-line bg-raised p-6">
      <h2 className="text-21 font-bold">{plan.name}</h2>
      <p className="grow">{plan.summary}</p>
      <p className="flex flex-wrap items-baseline gap-x-3">
        {free ? (
          <span className="text-26 font-bold">{t("plans.free")}</span>
        ) : (
          <span className="text-26 font-bold">
            <RecurringSum of={{ ...first, intervalCount: 1 }} />
          </span>
        )}
        {others.map((price) => (
          <span key={price.interval} className="text-fg-muted">
            <RecurringSum of={{ ...price, intervalCount: 1 }} />
          </span>
        ))}
      </p>
      {first?.seatAmount != null && (
        <p className="text-14 text-fg-muted">
          {t("plans.seatPrice")}{" "}
          {plan.prices
            .filter((price) => price.seatAmount != null)
            .map((price, index) => (
              <span key={price.interval}>
                {index > 0 && " · "}
                <RecurringSum of={{ ...price, amount: price.seatAmount ?? 0, intervalCount: 1 }} />
              </span>
            ))}
        </p>
      )}
      {!free && plan.trial && (
        <p>
          {t(plan.trial.withoutCard ? "prices.trialFree" : "prices.trialTerm", { count: plan.trial.days })}{" "}
          {t("prices.trialOnce")}
        </p>
      )}
      {free ? (
        <p className="text-14 text-fg-muted">{t("plans.stay")}</p>
      ) : (
        <LinkButton to={`/account/plan?plan=${plan.code}`}>{t("plans.choose", { plan: plan.name })}</LinkButton>
      )}
    </article>
  );
}
