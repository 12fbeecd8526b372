import { Form } from "@remix-run/react";
import { formatDate } from "~/lib/format/dates.ts";
import { formatMoney, formatPricePerInterval } from "~/lib/format/money.ts";
import { useLocale, useT } from "~/lib/i18n/language.tsx";
import { intervalOf } from "~/lib/memberships/account-types.ts";
import { CHANGE_WAYS } from "~/lib/memberships/change-ways.ts";
import type { OfficeChoice, OfficeLife, OfficeQuote } from "~/lib/memberships/office-life.ts";
import { Banner } from "../banner.tsx";
import { Button } from "../button.tsx";
import { DescriptionList } from "../description-list.tsx";
import { ActReason } from "../office/act-reason.tsx";
import { Select } from "../select.tsx";
import { SubmitButton } from "../submit-button.tsx";

type PlanActProps = {
  life: OfficeLife;
  choices: readonly OfficeChoice[];
  offer: OfficeQuote | null;
  /** Why what was asked for has no price, as words. */
  refused: string | null;
  formKey: string;
};

/** Another plan for a member: chosen, then quoted, then made at exactly what was quoted. */
export function MembershipPlanAct({ life, choices, offer, refused, formKey }: PlanActProps) {
  const t = useT();
  const locale = useLocale();
  const chosen = offer ? `${offer.quote.productId}:${offer.quote.variantId}` : undefined;
  const sum = (amount: number) =>
    formatMoney({ amount, currency: offer?.quote.currency ?? life.currency }, locale, "ledger");
  const day = (at: string) => formatDate(at, locale, "table");
  const trialWords = ({ ends, at }: { ends: "kept" | "moved" | "now"; at: string }, promised?: string | null) =>
    t(`memberships.plan.trial.${ends}`, { date: day(at), before: day(promised ?? at) });
  const label = choices.find((one) => one.value === chosen)?.label ?? "";
  return (
    <details open={offer !== null || refused !== null} className="py-3" id="plan">
      <summary className="cursor-pointer font-medium">{t("memberships.plan")}</summary>
      <Form method="get" preventScrollReset className="flex flex-wrap items-end gap-3 py-4">
        <Select
          compact
          name="to"
          label={t("memberships.plan.to")}
          defaultValue={chosen ?? ""}
          options={choices.filter((one) => !one.value.endsWith(`:${life.variantId}`))}
        />
        <Select
          compact
          name="timing"
          label={t("memberships.plan.when")}
          defaultValue={offer?.quote.timing ?? ""}
          options={[
            { value: "", label: t("memberships.plan.usual") },
            ...CHANGE_WAYS.map((value) => ({ value, label: t(`membership.way.${value}`) })),
          ]}
        />
        <Button type="submit" size="compact">
          {t("memberships.plan.show")}
        </Button>
      </Form>
      {refused !== null && <Banner tone="warn" title={refused} />}
      {offer && (
        <Form method="post" preventScrollReset className="flex max-w-prose flex-col items-start gap-4 pb-4">
          <input type="hidden" name="intent" value="plan" />
          <input type="hidden" name="formKey" value={formKey} />
          <input type="hidden" name="quote" value={offer.sealed} />
          {offer.quote.promoted && <p>{t("membership.quote.promoted")}</p>}
          <DescriptionList
            rows={[
              { term: t("memberships.plan.when"), value: t(`membership.way.${offer.quote.timing}`) },
              {
                term: t("memberships.plan.today"),
                value: sum(offer.quote.preview.dueNow),
              },
              ...(offer.quote.trial
                ? [{ term: t("memberships.plan.trial"), value: trialWords(offer.quote.trial, offer.quote.periodEndAt) }]
                : []),
              ...(offer.quote.extraBefore > 0 || offer.quote.extraSeats > 0
                ? [
                    {
                      term: t("seats.title"),
                      value:
                        offer.quote.extraSeats > 0
                          ? t("seats.carried", { count: offer.quote.quantity, extra: offer.quote.extraSeats })
                          : t("seats.notCarried", { count: offer.quote.extraBefore }),
                    },
                  ]
                : []),
              ...(life.organization === null && offer.quote.unitsBefore > 1
                ? [
                    {
                      term: t("units.title"),
                      value: t("units.pieces", { count: offer.quote.quantity }),
                    },
                  ]
                : []),
              ...(offer.quote.timing === "next_invoice"
                ? [{ term: t("membership.quote.carried"), value: sum(offer.quote.preview.total) }]
                : []),
              ...(offer.quote.nextPaymentAt
                ? [
                    {
                      term: t("memberships.plan.next", {
                        date: formatDate(offer.quote.nextPaymentAt, locale, "table"),
                      }),
                      value: sum(offer.quote.nextAmount ?? offer.quote.amount),
                    },
                  ]
                : []),
              {
                term: t("memberships.plan.price"),
                value: formatPricePerInterval(offer.quote, intervalOf(offer.quote), locale, "ledger"),
              },
            ]}
          />
          <ActReason of="plan" />
          <SubmitButton size="compact" name="intent" value="plan">
            {t("memberships.plan.do", { product: label })}
          </SubmitButton>
        </Form>
      )}
    </details>
  );
}
