import { Form } from "@remix-run/react";
import { formatDate } from "~/lib/format/dates.ts";
import { formatMoney, formatPricePerInterval } from "~/lib/format/money.ts";
import { useLocale } from "~/lib/i18n/language.tsx";
import { intervalOf } from "~/lib/memberships/account-types.ts";
import type { LivingMembership } from "~/lib/memberships/membership-life.ts";
import { useLifeWords } from "~/lib/memberships/plan-life-words.ts";
import { Banner } from "../banner.tsx";
import { buttonClass } from "../button-style.ts";
import { SubmitButton } from "../submit-button.tsx";

/** What is ahead for a membership: an end, another plan, a pause, or a payment that is waited for; each with its way back. */
export function PlansAhead({ of: { membership, life }, formKey }: { of: LivingMembership; formKey: string }) {
  const { scheduled, inFlight, allowed, organizationId } = life;
  const t = useLifeWords(organizationId, life.holdsOnPause);
  const locale = useLocale();
  const day = (at: Date | string) => formatDate(at, locale, "prose");
  const sum = formatMoney({ amount: membership.amount, currency: membership.currency }, locale, "ledger");
  const until = membership.resumeAt;
  const undo = allowed.keep && (
    <WishButton intent="keep" id={membership.id} organizationId={organizationId} formKey={formKey}>
      {t(`membership.undo.${allowed.keep}`)}
    </WishButton>
  );
  const counts = inFlight?.kind === "seats" || inFlight?.kind === "units" ? inFlight.kind : null;
  if (inFlight?.status === "awaiting_payment" && (inFlight.productName || counts)) {
    const number = { count: inFlight.quantity ?? 0, product: membership.plainName };
    return (
      <Banner
        tone="warn"
        title={
          inFlight.productName
            ? t("membership.waits", { product: inFlight.productName[locale] })
            : t(`membership.waits.${counts ?? "seats"}`, number)
        }
        actions={
          inFlight.payUrl && (
            <a href={inFlight.payUrl} className={buttonClass({ variant: "primary" })}>
              {t("membership.waitsPay")}
            </a>
          )
        }
      >
        {t(counts === "units" ? "membership.waitsUnitsText" : "membership.waitsText", {
          now: membership.productName,
          until: inFlight.expiresAt ? day(inFlight.expiresAt) : "",
        })}
      </Banner>
    );
  }
  if (membership.status === "paused") {
    return (
      <Banner
        tone="info"
        title={t("membership.paused")}
        actions={
          allowed.resume && (
            <WishButton
              intent="resume"
              id={membership.id}
              organizationId={organizationId}
              formKey={formKey}
              variant="primary"
            >
              {t("membership.resume", { sum })}
            </WishButton>
          )
        }
      >
        {until ? t("membership.pausedUntil", { until: day(until), sum }) : t("membership.pausedText")}
      </Banner>
    );
  }
  if (membership.cancelAt) {
    return (
      <Banner tone="warn" title={t("membership.scheduled.cancel", { date: day(membership.cancelAt) })} actions={undo}>
        {t("membership.scheduled.cancelText")}
      </Banner>
    );
  }
  if (membership.pauseAt) {
    return (
      <Banner tone="info" title={t("membership.scheduled.pause", { date: day(membership.pauseAt) })} actions={undo}>
        {until ? t("membership.scheduled.pauseUntil", { until: day(until), sum }) : t("membership.scheduled.pauseText")}
      </Banner>
    );
  }
  if (
    (scheduled?.kind === "seats" || scheduled?.kind === "units") &&
    scheduled.effectiveAt &&
    scheduled.amount !== null
  ) {
    const after = formatMoney({ amount: scheduled.amount, currency: membership.currency }, locale, "ledger");
    const number = { count: scheduled.quantity ?? 0, product: membership.plainName, date: day(scheduled.effectiveAt) };
    return (
      <Banner tone="info" title={t(`membership.scheduled.${scheduled.kind}`, number)} actions={undo}>
        {t(`membership.scheduled.${scheduled.kind}Text`, { before: sum, after })}
      </Banner>
    );
  }
  // The end of a campaign's months stands with the price.
  if (
    scheduled?.kind !== "plan" ||
    scheduled.campaignId !== null ||
    !scheduled.effectiveAt ||
    !scheduled.productName ||
    scheduled.amount === null
  )
    return null;
  const { interval, intervalCount, amount, currency } = scheduled;
  const price = formatPricePerInterval(
    { amount, currency: currency ?? membership.currency },
    intervalOf({ interval: interval ?? "month", intervalCount: intervalCount ?? 1 }),
    locale,
    "ledger",
  );
  if (scheduled.productId === life.productId && scheduled.variantId === life.variantId) {
    const date = day(scheduled.effectiveAt);
    return (
      <Banner
        tone="info"
        title={t("membership.scheduled.price", { product: membership.productName, date })}
        actions={undo}
      >
        {t("membership.scheduled.priceText", { before: sum, price })}
      </Banner>
    );
  }
  return (
    <Banner
      tone="info"
      title={t("membership.scheduled.plan", {
        product: scheduled.productName[locale],
        date: day(scheduled.effectiveAt),
      })}
      actions={undo}
    >
      {t("membership.scheduled.planText", { price, now: membership.productName })}
    </Banner>
  );
}

type WishButtonProps = {
  intent: "keep" | "resume" | "retry";
  id: string;
  /** Whose plan it is: one comes back to its page. */
  organizationId: string | null;
  formKey: string;
  variant?: "primary" | "outline" | "solid";
  children: string;
};

/** A wish that needs nothing but a press. */
export function WishButton({ intent, id, organizationId, formKey, variant = "outline", children }: WishButtonProps) {
  return (
    <Form method="post" action="/account/membership">
      <input type="hidden" name="intent" value={intent} />
      <input type="hidden" name="id" value={id} />
      {organizationId && <input type="hidden" name="organization" value={organizationId} />}
      <input type="hidden" name="formKey" value={formKey} />
      <SubmitButton action="/account/membership" name="wish" value={`${intent}:${id}`} variant={variant}>
        {children}
      </SubmitButton>
    </Form>
  );
}
