import { invalid } from "../api/errors.ts";
import { clearableList, flag, hash, integer, later, list, oneOf, only, required, text } from "../api/params.ts";
import { inParam } from "../lookups.ts";
import { prorationBehaviors } from "../subscriptions/params.ts";
import type { Unit } from "../unit.ts";
import type { PortalConfiguration } from "../wire.ts";
import { defaultFeatures, reasons } from "./shape.ts";

const on = required(flag());
/** What a visitor may do, as it is sent. */
export const features = hash({
  customer_update: hash({
    allowed_updates: clearableList(oneOf(["address", "email", "name", "phone", "shipping", "tax_id"])),
    enabled: on,
  }),
  invoice_history: hash({ enabled: on }),
  payment_method_update: hash({ enabled: on, payment_method_configuration: later() }),
  subscription_cancel: hash({
    cancellation_reason: hash({ enabled: on, feedback_options: later(), options: clearableList(oneOf(reasons)) }),
    enabled: on,
    mode: oneOf(["at_period_end", "immediately"]),
    proration_behavior: oneOf(prorationBehaviors),
  }),
  subscription_pause: hash({
    duration: hash({
      interval_options: clearableList(
        hash({ interval: required(oneOf(["day", "month", "week", "year"])), interval_count: integer(1, 365) }),
      ),
      type: required(oneOf(["indefinite", "interval_options"])),
    }),
    enabled: flag(),
  }),
  subscription_update: hash({
    billing_cycle_anchor: only("unchanged"),
    default_allowed_updates: clearableList(oneOf(["price", "promotion_code", "quantity"])),
    enabled: on,
    products: clearableList(
      hash({
        adjustable_quantity: hash({ enabled: required(flag()), maximum: integer(1), minimum: integer(1) }),
        prices: required(list(text())),
        product: required(text()),
      }),
    ),
    proration_behavior: oneOf(prorationBehaviors),
    schedule_at_period_end: hash({
      conditions: list(hash({ type: required(oneOf(["decreasing_item_amount", "shortening_interval"])) })),
    }),
    trial_update_behavior: oneOf(["continue_trial", "end_trial"]),
  }),
});
type SentFeatures = NonNullable<ReturnType<typeof features.read>>;

/** What is offered after a change: features that were not sent stay. */
export function mergeFeatures(
  unit: Unit,
  before: PortalConfiguration["features"],
  sent: SentFeatures | undefined,
): PortalConfiguration["features"] {
  if (!sent) return before;
  const { customer_update: customer, invoice_history: history, payment_method_update: cards } = sent;
  const { subscription_cancel: cancel, subscription_update: update } = sent;
  for (const one of update?.products ?? [])
    for (const price of one.prices) inParam(unit.world.prices, price, "features[subscription_update][products]");
  const why = cancel?.cancellation_reason;
  return {
    ...before,
    customer_update: customer
      ? {
          allowed_updates: customer.allowed_updates ?? before.customer_update.allowed_updates,
          enabled: customer.enabled,
        }
      : before.customer_update,
    invoice_history: history ?? before.invoice_history,
    payment_method_update: {
      ...before.payment_method_update,
      enabled: cards?.enabled ?? before.payment_method_update.enabled,
    },
    subscription_cancel: cancel
      ? {
          cancellation_reason: why
            ? {
                enabled: why.enabled,
                feedback_options: null,
                options: why.options ?? before.subscription_cancel.cancellation_reason.options,
              }
            : before.subscription_cancel.cancellation_reason,
          enabled: cancel.enabled,
          mode: cancel.mode ?? before.subscription_cancel.mode,
          proration_behavior: cancel.proration_behavior ?? before.subscription_cancel.proration_behavior,
        }
      : before.subscription_cancel,
    subscription_pause: {
      duration: pauseLengths(before.subscription_pause.duration, sent.subscription_pause?.duration),
      enabled: sent.subscription_pause?.enabled ?? before.subscription_pause.enabled,
    },
    subscription_update: update
      ? {
          ...before.subscription_update,
          default_allowed_updates: update.default_allowed_updates ?? before.subscription_update.default_allowed_updates,
          enabled: update.enabled,
          products:
            update.products?.map((one) => ({
              adjustable_quantity: {
                enabled: one.adjustable_quantity?.enabled ?? false,
                maximum: one.adjustable_quantity?.maximum ?? null,
                minimum: one.adjustable_quantity?.minimum ?? 1,
              },
              prices: one.prices,
              product: one.product,
            })) ??
            before.subscription_update.products ??
            null,
          proration_behavior: update.proration_behavior ?? before.subscription_update.proration_behavior,
          schedule_at_period_end: {
            conditions:
              update.schedule_at_period_end?.conditions ?? before.subscription_update.schedule_at_period_end.conditions,
          },
          trial_update_behavior: update.trial_update_behavior ?? before.subscription_update.trial_update_behavior,
        }
      : before.subscription_update,
  };
}

/** How long a visitor may pause: as long as they like, or for one of the lengths that are offered. */
function pauseLengths(
  before: PortalConfiguration["features"]["subscription_pause"]["duration"],
  sent: NonNullable<SentFeatures["subscription_pause"]>["duration"],
): PortalConfiguration["features"]["subscription_pause"]["duration"] {
  if (!sent) return before;
  const at = "features[subscription_pause][duration][interval_options]";
  const options = sent.interval_options ?? [];
  if (sent.type === "interval_options" && options.length === 0)
    throw invalid(`Missing required param: ${at}.`, at, "parameter_missing");
  if (sent.type === "indefinite" && options.length > 0)
    throw invalid("`interval_options` can only be set when `type` is `interval_options`.", at);
  return {
    interval_options: options.map((one) => ({ interval: one.interval, interval_count: one.interval_count ?? 1 })),
    type: sent.type,
  };
}

/** A configuration of one's own offers only what it names. */
export function allOff(): PortalConfiguration["features"] {
  const usual = defaultFeatures();
  return {
    ...usual,
    customer_update: { allowed_updates: [], enabled: false },
    invoice_history: { enabled: false },
    payment_method_update: { ...usual.payment_method_update, enabled: false },
    subscription_cancel: { ...usual.subscription_cancel, enabled: false },
  };
}
