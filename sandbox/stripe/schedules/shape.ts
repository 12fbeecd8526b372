import { newId } from "../../ids.ts";
import { invalid } from "../api/errors.ts";
import { mergeMetadata } from "../api/metadata.ts";
import type { Values } from "../api/params.ts";
import { inParam } from "../lookups.ts";
import { ownMethod } from "../subscriptions/create.ts";
import { nextPeriodEnd } from "../subscriptions/periods.ts";
import { readRates } from "../taxes/read-rates.ts";
import type { Unit } from "../unit.ts";
import type { Price, Schedule, Subscription, TaxRate } from "../wire.ts";
import { idOf } from "../world.ts";
import type { createParams, phaseShape } from "./params.ts";

export type Phase = Schedule["phases"][number];
type SentPhase = Values<typeof phaseShape>;

function newPhase(given: Partial<Phase> & Pick<Phase, "currency" | "end_date" | "items" | "start_date">): Phase {
  return {
    add_invoice_items: [],
    application_fee_percent: null,
    billing_cycle_anchor: null,
    billing_thresholds: null,
    collection_method: null,
    default_payment_method: null,
    default_tax_rates: null,
    description: null,
    discounts: [],
    invoice_settings: null,
    metadata: {},
    on_behalf_of: null,
    proration_behavior: "create_prorations",
    transfer_data: null,
    trial_end: null,
    ...given,
  };
}

export function phaseItem(
  price: string,
  quantity: number,
  metadata: Record<string, string> = {},
  taxRates: TaxRate[] = [],
): Phase["items"][number] {
  return { billing_thresholds: null, discounts: [], metadata, plan: price, price, quantity, tax_rates: taxRates };
}

/** A price that a phase names: on sale, or agreed on in a phase before. */
function phasePrice(unit: Unit, id: string, at: string, known: readonly Phase[]): Price {
  const price = inParam(unit.world.prices, id, `${at}[price]`);
  const agreed = known.some((phase) => phase.items.some((item) => idOf(item.price) === price.id));
  if (!price.active && !agreed)
    throw invalid("The price specified is inactive. This field only accepts active prices.", `${at}[price]`);
  return price;
}

/** The phases that were sent, each beginning where the one before ends. */
export function readPhases(
  unit: Unit,
  sent: readonly SentPhase[],
  start: number,
  known: readonly Phase[] = [],
): Phase[] {
  if (sent.length === 0) throw invalid("Missing required param: phases.", "phases", "parameter_missing");
  let from = start;
  return sent.map((one, index) => {
    const at = `phases[${index}]`;
    const prices = one.items.map((item, place) =>
      phasePrice(unit, item.price ?? item.plan ?? "", `${at}[items][${place}]`, known),
    );
    const [first] = prices;
    if (!first?.recurring) throw invalid("A phase needs at least one recurring price.", `${at}[items]`);
    if (one.start_date !== undefined) from = one.start_date === "now" ? unit.now : one.start_date;
    const same = known.find((phase) => phase.start_date === from);
    const span = one.duration && { interval: one.duration.interval, interval_count: one.duration.interval_count ?? 1 };
    const end =
      one.end_date === "now"
        ? unit.now
        : (one.end_date ?? (span ? nextPeriodEnd(from, from, span) : nextPeriodEnd(from, from, first.recurring)));
    if (end <= from) throw invalid("The end of a phase must come after its start.", `${at}[end_date]`);
    const phase = newPhase({
      billing_cycle_anchor: one.billing_cycle_anchor ?? null,
      currency: first.currency,
      default_payment_method: one.default_payment_method ?? same?.default_payment_method ?? null,
      default_tax_rates: readRates(unit, one.default_tax_rates, `${at}[default_tax_rates]`) ?? null,
      description: one.description ?? null,
      discounts: (one.discounts ?? []).map((discount) => ({
        coupon: discount.coupon ?? null,
        discount: discount.discount ?? null,
        promotion_code: null,
      })),
      end_date: end,
      items: one.items.map((item, place) =>
        phaseItem(
          prices[place]?.id ?? "",
          item.quantity ?? 1,
          mergeMetadata({}, item.metadata),
          readRates(unit, item.tax_rates, `${at}[items][${place}][tax_rates]`),
        ),
      ),
      metadata: mergeMetadata({}, one.metadata),
      proration_behavior: one.proration_behavior ?? "create_prorations",
      start_date: from,
    });
    from = end;
    return phase;
  });
}

/** A subscription's running period as the first phase of a schedule. */
export function phaseOf(subscription: Subscription): Phase {
  const ends = subscription.items.data.map((item) => item.current_period_end);
  const starts = subscription.items.data.map((item) => item.current_period_start);
  return newPhase({
    currency: subscription.currency,
    default_payment_method: idOf(subscription.default_payment_method),
    end_date: Math.min(...ends),
    default_tax_rates: subscription.default_tax_rates ?? null,
    items: subscription.items.data.map((item) =>
      phaseItem(item.price.id, item.quantity ?? 1, item.metadata, item.tax_rates ?? []),
    ),
    start_date: Math.min(...starts),
  });
}

const usualSettings: Schedule["default_settings"] = {
  application_fee_percent: null,
  billing_cycle_anchor: "automatic",
  billing_thresholds: null,
  collection_method: "charge_automatically",
  default_payment_method: null,
  description: null,
  invoice_settings: {
    account_tax_ids: null,
    custom_fields: null,
    days_until_due: null,
    description: null,
    footer: null,
    issuer: { type: "self" },
  },
  on_behalf_of: null,
  transfer_data: null,
};

type SentSettings = Values<typeof createParams>["default_settings"];

/** What holds for every phase that says nothing else, after a change. */
export function settingsOf(
  unit: Unit,
  customer: string,
  sent: SentSettings,
  known: Schedule["default_settings"] = usualSettings,
): Schedule["default_settings"] {
  const method = sent?.default_payment_method;
  return {
    ...known,
    billing_cycle_anchor: sent?.billing_cycle_anchor ?? known.billing_cycle_anchor,
    default_payment_method: method === undefined ? known.default_payment_method : ownMethod(unit, customer, method),
    description: sent?.description === undefined ? known.description : sent.description,
  };
}

export function newSchedule(unit: Unit, customer: string, phases: Phase[], given: Partial<Schedule>): Schedule {
  return {
    id: newId("sub_sched"),
    object: "subscription_schedule",
    application: null,
    billing_mode: { flexible: { proration_discounts: "included" }, type: "flexible", updated_at: unit.now },
    canceled_at: null,
    completed_at: null,
    created: unit.now,
    current_phase: null,
    customer,
    customer_account: null,
    default_settings: usualSettings,
    end_behavior: "release",
    livemode: false,
    metadata: {},
    pause_schedules: [],
    phases,
    released_at: null,
    released_subscription: null,
    status: "not_started",
    subscription: null,
    test_clock: unit.testClock,
    ...given,
  };
}
