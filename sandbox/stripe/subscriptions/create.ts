import { invalid, refused } from "../api/errors.ts";
import { mergeMetadata } from "../api/metadata.ts";
import type { Values } from "../api/params.ts";
import { readDiscounts } from "../coupons/discounts.ts";
import { mustHaveEmail } from "../invoices/send.ts";
import { inParam } from "../lookups.ts";
import { readRates } from "../taxes/read-rates.ts";
import { change, type Unit } from "../unit.ts";
import type { Customer, Subscription } from "../wire.ts";
import { type createParams, exclusive } from "./params.ts";
import { anchorFromConfig } from "./periods.ts";
import { addInvoiceItems, readBought, type Terms } from "./read-items.ts";
import { newSubscription, periodEnd } from "./shape.ts";
import { startSubscription } from "./start.ts";

type Sent = Values<typeof createParams>;
export type SentStart = Sent;
const day = 86_400;

/** The instant at which a trial ends; undefined without one. */
export function trialEndOf(
  now: number,
  sent: { trial_end?: number | "now" | undefined; trial_period_days?: number | undefined },
): number | undefined {
  exclusive(sent.trial_end, sent.trial_period_days, ["trial_end", "trial_period_days"]);
  if (sent.trial_end === "now" || sent.trial_period_days === 0) return undefined;
  if (sent.trial_period_days !== undefined) return now + sent.trial_period_days * day;
  if (sent.trial_end !== undefined && sent.trial_end <= now)
    throw invalid("Invalid timestamp: must be an integer Unix timestamp in the future.", "trial_end");
  return sent.trial_end;
}

/** A payment method that is to be charged must belong to the customer. */
export function ownMethod(unit: Unit, customer: string, method: string): string {
  const found = inParam(unit.world.paymentMethods, method, "default_payment_method");
  if (found.customer === customer) return found.id;
  throw refused(
    `The customer does not have a payment method with the ID ${method}. The payment method must be attached to the customer.`,
    "default_payment_method",
    "resource_missing",
  );
}

function anchorOf(now: number, sent: Sent, trialEnd: number | undefined): number {
  exclusive(sent.billing_cycle_anchor, sent.billing_cycle_anchor_config, [
    "billing_cycle_anchor",
    "billing_cycle_anchor_config",
  ]);
  if (sent.billing_cycle_anchor_config) return anchorFromConfig(trialEnd ?? now, sent.billing_cycle_anchor_config);
  if (sent.billing_cycle_anchor === undefined) return trialEnd ?? now;
  if (sent.billing_cycle_anchor <= now)
    throw invalid("billing_cycle_anchor cannot be earlier than now.", "billing_cycle_anchor");
  return sent.billing_cycle_anchor;
}

export function createSubscription(unit: Unit, sent: Sent, terms?: Terms): Subscription {
  const { world } = unit;
  const customer = inParam(world.customers, sent.customer, "customer");
  if (customer.test_clock !== null && world.subscriptions.by("customer", customer.id).length >= 3)
    throw invalid("A customer of a test clock can have at most 3 subscriptions.", "customer");
  exclusive(sent.cancel_at, sent.cancel_at_period_end, ["cancel_at", "cancel_at_period_end"]);
  const bought = readBought(unit, sent.items ?? [], sent.currency, terms);
  const trialEnd = trialEndOf(unit.now, sent);
  const anchor = anchorOf(unit.now, sent, trialEnd);
  const config = sent.billing_cycle_anchor_config;
  const trial: Partial<Subscription> =
    trialEnd === undefined ? {} : { status: "trialing", trial_end: trialEnd, trial_start: unit.now };
  const settings = sent.trial_settings?.end_behavior;
  const sketch = newSubscription(unit, customer.id, bought, {
    ...trial,
    billing_cycle_anchor: trialEnd ?? anchor,
  });
  const built: Subscription = {
    ...sketch,
    billing_cycle_anchor: anchor,
    billing_cycle_anchor_config: config
      ? {
          day_of_month: config.day_of_month,
          hour: config.hour ?? null,
          minute: config.minute ?? null,
          month: config.month ?? null,
          second: config.second ?? null,
        }
      : null,
    default_payment_method: sent.default_payment_method
      ? ownMethod(unit, customer.id, sent.default_payment_method)
      : null,
    ...sendingOf(customer, sent),
    default_tax_rates: readRates(unit, sent.default_tax_rates, "default_tax_rates") ?? [],
    description: sent.description ?? null,
    discounts: readDiscounts(unit, sent.discounts ?? [], { customer: customer.id, subscription: sketch.id }),
    metadata: mergeMetadata({}, sent.metadata),
    payment_settings: {
      payment_method_options: null,
      payment_method_types: sent.payment_settings?.payment_method_types ?? null,
      save_default_payment_method: sent.payment_settings?.save_default_payment_method ?? "off",
    },
    trial_settings: {
      end_behavior: {
        billing_cycle_anchor: settings?.billing_cycle_anchor ?? null,
        missing_payment_method: settings?.missing_payment_method ?? "create_invoice",
      },
    },
    ...endOf(unit.now, sketch, sent),
  };
  if (sent.add_invoice_items) addInvoiceItems(unit, customer.id, built.id, sent.add_invoice_items);
  const started = startSubscription(unit, customer, built, {
    payment: sent.payment_behavior ?? "allow_incomplete",
    offSession: sent.off_session ?? false,
    freeUntilAnchor: sent.proration_behavior === "none" && anchor > unit.now && trialEnd === undefined,
    prorates: sent.proration_behavior !== "none",
  });
  if (
    built.payment_settings?.save_default_payment_method === "on_subscription" &&
    built.default_payment_method === null
  ) {
    const method = customer.invoice_settings.default_payment_method;
    if (method !== null && started.status === "active")
      return change(unit, world.subscriptions, world.subscriptions.get(started.id) ?? started, {
        default_payment_method: method,
      });
  }
  return world.subscriptions.get(started.id) ?? started;
}

/** Whether invoices are charged, or sent with so many days to pay. */
export function sendingOf(
  customer: Customer,
  sent: Pick<Sent, "collection_method" | "days_until_due">,
  before?: Subscription,
): Pick<Subscription, "collection_method" | "days_until_due"> {
  const method = sent.collection_method ?? before?.collection_method ?? "charge_automatically";
  if (method === "charge_automatically") {
    if (sent.days_until_due === undefined) return { collection_method: method, days_until_due: null };
    throw invalid("`days_until_due` can only be set when `collection_method` is `send_invoice`.", "days_until_due");
  }
  const days = sent.days_until_due ?? before?.days_until_due ?? undefined;
  if (days === undefined)
    throw invalid("Missing required param: days_until_due.", "days_until_due", "parameter_missing");
  mustHaveEmail(customer);
  return { collection_method: method, days_until_due: days };
}

/** A planned end, when one was asked for. */
export function endOf(
  now: number,
  of: Subscription,
  sent: {
    cancel_at?: number | "min_period_end" | "max_period_end" | null | undefined;
    cancel_at_period_end?: boolean | undefined;
  },
): Partial<Subscription> {
  if (sent.cancel_at_period_end) return { cancel_at: periodEnd(of), cancel_at_period_end: true, canceled_at: now };
  const { cancel_at: wanted } = sent;
  if (wanted === undefined || wanted === null) return {};
  const ends = of.items.data.map((item) => item.current_period_end);
  const at = wanted === "min_period_end" ? Math.min(...ends) : wanted === "max_period_end" ? Math.max(...ends) : wanted;
  if (at <= now) throw invalid("cancel_at must be in the future.", "cancel_at");
  return { cancel_at: at, cancel_at_period_end: false, canceled_at: now };
}
