import { invalid } from "../api/errors.ts";
import { operation } from "../api/operation.ts";
import { allLater, currency, flag, hash, integer, oneOf, text } from "../api/params.ts";
import { newDiscountParams, readDiscounts } from "../coupons/discounts.ts";
import { inParam } from "../lookups.ts";
import { changeInvoice } from "../subscriptions/carry-out.ts";
import { changedItems, instantOr, prorationBehaviors } from "../subscriptions/params.ts";
import { planChange } from "../subscriptions/plan-change.ts";
import { shortenPeriod } from "../subscriptions/planned-end.ts";
import { readBought, readItemChanges } from "../subscriptions/read-items.ts";
import { newSubscription, periodEnd, periodStart } from "../subscriptions/shape.ts";
import { rateParams, readRates } from "../taxes/read-rates.ts";
import type { Unit } from "../unit.ts";
import type { Customer, Invoice, Subscription } from "../wire.ts";
import { idOf } from "../world.ts";
import { newInvoice, pendingItems } from "./build.ts";
import { asPreview, nextRenewal } from "./next-renewal.ts";
import { rememberPreview } from "./preview-lines.ts";

const details = hash({
  ...allLater("billing_mode", "billing_schedules", "metadata", "pause", "resume_at", "start_date"),
  billing_cycle_anchor: hash({ type: oneOf(["now", "unchanged"]) }),
  cancel_at: integer(0),
  cancel_at_period_end: flag(),
  cancel_now: flag(),
  default_tax_rates: rateParams,
  items: changedItems,
  proration_behavior: oneOf(prorationBehaviors),
  proration_date: integer(0),
  trial_end: instantOr("now"),
});
type Details = NonNullable<ReturnType<typeof details.read>>;

/** What waits for an invoice of a subscription that will not renew any more. */
function lastInvoice(unit: Unit, customer: Customer, current: Subscription): Invoice {
  const pending = pendingItems(unit.world, customer.id, current.id, current.currency);
  if (pending.length === 0)
    throw invalid(`No upcoming invoices for customer: ${customer.id}`, undefined, "invoice_upcoming_none");
  const period = { start: periodStart(current), end: periodEnd(current) };
  return newInvoice({ ...unit, now: period.end }, customer, current, {
    reason: "upcoming",
    period,
    items: [],
    pending,
  });
}

/** With an end that is only asked about, as if it had been planned. */
function withPlannedEnd(unit: Unit, current: Subscription, sent: Details | undefined): Subscription {
  if (sent?.cancel_at === undefined && sent?.cancel_at_period_end === undefined) return current;
  const atEnd = sent.cancel_at_period_end ?? false;
  const planned = { cancel_at: sent.cancel_at ?? (atEnd ? periodEnd(current) : null), cancel_at_period_end: atEnd };
  const next = unit.world.subscriptions.replace({ ...current, ...planned });
  return shortenPeriod(unit, current, next, sent.proration_behavior ?? "create_prorations");
}

function previewChange(unit: Unit, known: Subscription, sent: Details | undefined): Invoice {
  const customer = unit.world.customers.get(idOf(known.customer) ?? "");
  if (!customer) throw new Error(`subscription ${known.id} has no customer`);
  const rates = readRates(unit, sent?.default_tax_rates, "subscription_details[default_tax_rates]");
  const current = withPlannedEnd(unit, rates ? { ...known, default_tax_rates: rates } : known, sent);
  const cancels = sent?.cancel_now === true;
  const plan = planChange(unit, current, {
    anchorNow: sent?.billing_cycle_anchor?.type === "now",
    at: sent?.proration_date ?? unit.now,
    behavior: sent?.proration_behavior ?? "create_prorations",
    items: cancels
      ? current.items.data.map(({ id }) => ({ id, deleted: true }))
      : readItemChanges(unit, current, sent?.items ?? []),
    trialEnd: sent?.trial_end,
  });
  if (plan.immediate || cancels) return changeInvoice(unit, current, { ...plan, immediate: true });
  const ends = current.cancel_at !== null && current.cancel_at <= periodEnd(current);
  if (ends || current.status === "canceled") return lastInvoice(unit, customer, current);
  return nextRenewal(unit, customer, current, plan);
}

/** What a subscription that does not exist yet would cost at its start. */
function previewStart(unit: Unit, customer: Customer, sent: Details): Invoice {
  const bought = readBought(unit, sent.items ?? []);
  const trialing = typeof sent.trial_end === "number" && sent.trial_end > unit.now;
  const built = newSubscription(unit, customer.id, bought, {
    ...(trialing ? { billing_cycle_anchor: sent.trial_end as number } : {}),
    default_tax_rates: readRates(unit, sent.default_tax_rates, "subscription_details[default_tax_rates]") ?? [],
  });
  return newInvoice(unit, customer, built, {
    reason: "subscription_create",
    period: { start: unit.now, end: unit.now },
    free: trialing,
    pending: pendingItems(unit.world, customer.id, null, built.currency),
  });
}

/** Shows what an invoice would be. Prices and coupons that are only named for it are undone with everything else. */
export const previewOperation = operation(
  "POST",
  "/v1/invoices/create_preview",
  {
    ...allLater(
      "automatic_tax",
      "customer_account",
      "customer_details",
      "invoice_items",
      "issuer",
      "on_behalf_of",
      "schedule",
      "schedule_details",
    ),
    currency: currency(),
    customer: text(),
    discounts: newDiscountParams,
    preview_mode: oneOf(["next", "recurring"]),
    subscription: text(),
    subscription_details: details,
  },
  ({ unit }, params) => {
    const { world } = unit;
    const named =
      params.subscription === undefined ? undefined : inParam(world.subscriptions, params.subscription, "subscription");
    const ofCustomer =
      params.customer === undefined ? undefined : inParam(world.customers, params.customer, "customer");
    const started =
      named ?? (ofCustomer && !params.subscription_details?.items ? soonest(unit, ofCustomer) : undefined);
    let preview: Invoice | undefined;
    world.database.dryRun(() => {
      if (started) {
        const ids = params.discounts && readDiscounts(unit, params.discounts, { subscription: started.id });
        const current = ids ? { ...started, discounts: ids } : started;
        preview = previewChange(unit, current, params.subscription_details);
      } else if (ofCustomer && params.subscription_details)
        preview = previewStart(unit, ofCustomer, params.subscription_details);
    });
    if (preview) {
      const shown = asPreview(preview);
      rememberPreview(world, shown);
      return shown;
    }
    throw invalid(
      params.customer === undefined
        ? "Missing required param: customer."
        : `No upcoming invoices for customer: ${params.customer}`,
      params.customer === undefined ? "customer" : undefined,
      params.customer === undefined ? "parameter_missing" : "invoice_upcoming_none",
    );
  },
);

function soonest(unit: Unit, customer: Customer): Subscription | undefined {
  return unit.world.subscriptions
    .by("customer", customer.id)
    .filter((one) => one.status !== "canceled" && one.status !== "paused" && one.status !== "incomplete_expired")
    .sort((a, b) => periodEnd(a) - periodEnd(b))[0];
}
