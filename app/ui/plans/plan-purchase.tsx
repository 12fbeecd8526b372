import { Form } from "@remix-run/react";
import { useT } from "~/lib/i18n/language.tsx";
import type { WithoutCard } from "~/lib/memberships/trial-words.ts";
import { Button } from "../button.tsx";
import { Field } from "../field.tsx";
import { RecurringSum } from "../pricing/recurring-sum.tsx";
import { RadioGroup } from "../radio-group.tsx";

type PlanPurchaseProps = {
  offers: readonly {
    code: string;
    name: string;
    currency: string;
    interval: "month" | "year";
    amount: number;
    seatAmount: number | null;
    trial: { days: number; withoutCard: WithoutCard } | null;
  }[];
  /** The organization, or whoever buys for it, has had a trial before. */
  trialUsed: boolean;
  /** The code of the plan that was pressed on. */
  chosen: string | null;
  organizationId: string;
  /** Others can be in it: seats are of use. */
  company: boolean;
};

/** Every plan that can be bought, by the month and by the year, and the one button. */
export function PlanPurchase({ offers, chosen, organizationId, trialUsed, company }: PlanPurchaseProps) {
  const t = useT();
  const usual = offers.find(({ code }) => code === chosen) ?? offers[0];
  if (!usual) return null;
  const offerValue = ({ code, interval, seatAmount }: typeof usual) =>
    `${code} ${interval}${seatAmount === null ? "" : " seats"}`;
  return (
    <Form method="post" reloadDocument className="flex max-w-form flex-col gap-5">
      <input type="hidden" name="organizationId" value={organizationId} />
      <RadioGroup
        legend={t("plans.mine.buy")}
        name="offer"
        defaultValue={offerValue(usual)}
        required
        choices={offers.map((offer) => ({
          value: offerValue(offer),
          label: (
            <span className="flex flex-wrap items-baseline gap-x-3">
              <span className="font-medium">{offer.name}</span>
              <RecurringSum of={{ ...offer, intervalCount: 1 }} />
              {company && offer.seatAmount !== null && (
                <span className="text-14 text-fg-muted">
                  {t("plans.seatPrice")} <RecurringSum of={{ ...offer, amount: offer.seatAmount, intervalCount: 1 }} />
                </span>
              )}
              {offer.trial && !trialUsed && (
                <span className="text-14 text-fg-muted">
                  {t(offer.trial.withoutCard ? "prices.trialFree" : "prices.trialTerm", { count: offer.trial.days })}
                </span>
              )}
            </span>
          ),
        }))}
      />
      {company && offers.some(({ seatAmount }) => seatAmount !== null) && (
        <Field
          name="seats"
          type="number"
          inputMode="numeric"
          min={1}
          max={1_000}
          optional
          label={t("seats.howMany")}
          hint={t("seats.buyHint")}
        />
      )}
      <div className="flex flex-col items-start gap-2">
        <Button type="submit" variant="primary" size="large">
          {t("plans.mine.pay")}
        </Button>
        <p className="text-14 text-fg-muted">
          {t("plans.mine.payText")}
          {!trialUsed && offers.some(({ trial }) => trial) && ` ${t("prices.trialOnce")}`}
        </p>
      </div>
    </Form>
  );
}
