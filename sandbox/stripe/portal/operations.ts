import { newId, randomText } from "../../ids.ts";
import { invalid } from "../api/errors.ts";
import { pageOf } from "../api/lists.ts";
import { operation, paging } from "../api/operation.ts";
import {
  clearable,
  clearableList,
  flag,
  hash,
  integer,
  later,
  list,
  mergeMetadata,
  metadata,
  oneOf,
  only,
  required,
  text,
  url,
  type Values,
} from "../api/params.ts";
import { inParam, inPath } from "../lookups.ts";
import { prorationBehaviors } from "../subscriptions/params.ts";
import { change, create, type Unit } from "../unit.ts";
import type { PortalConfiguration, PortalSession } from "../wire.ts";
import { flowParams, readFlow } from "./flow.ts";
import { defaultConfiguration, defaultFeatures, newConfiguration, reasons } from "./shape.ts";

const on = required(flag());
const features = hash({
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

const shared = {
  business_profile: hash({ headline: clearable(text(60)), privacy_policy_url: url(), terms_of_service_url: url() }),
  default_return_url: clearable(url()),
  login_page: hash({ enabled: only("false") }),
  metadata: metadata(),
  name: clearable(text(350)),
};

/** What is offered after a change: features that were not sent stay. */
function mergeFeatures(
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

function profileOf(before: PortalConfiguration["business_profile"], sent: Values<typeof shared>["business_profile"]) {
  return {
    headline: sent?.headline === undefined ? before.headline : sent.headline,
    privacy_policy_url: sent?.privacy_policy_url ?? before.privacy_policy_url,
    terms_of_service_url: sent?.terms_of_service_url ?? before.terms_of_service_url,
  };
}

const noProfile = { headline: null, privacy_policy_url: null, terms_of_service_url: null };
const path = "/v1/billing_portal/configurations";

export const portalOperations = [
  operation("POST", path, { ...shared, features: required(features) }, ({ unit }, params) => {
    const made = newConfiguration(unit, {
      business_profile: profileOf(noProfile, params.business_profile),
      default_return_url: params.default_return_url ?? null,
      features: mergeFeatures(unit, allOff(), params.features),
      metadata: mergeMetadata({}, params.metadata),
      name: params.name ?? null,
    });
    return create(unit, unit.world.portalConfigurations, made, "billing_portal.configuration.created");
  }),
  operation("GET", path, { ...paging, active: flag(), is_default: flag() }, ({ unit, url: address }, params) =>
    pageOf(address, unit.world.portalConfigurations, params, {
      matches: (one) =>
        (params.active === undefined || one.active === params.active) &&
        (params.is_default === undefined || one.is_default === params.is_default),
    }),
  ),
  operation("GET", `${path}/:id`, {}, ({ unit, ids }) => inPath(unit.world.portalConfigurations, ids[0])),
  operation("POST", `${path}/:id`, { ...shared, active: flag(), features }, ({ unit, ids }, params) => {
    const current = inPath(unit.world.portalConfigurations, ids[0]);
    return change(
      unit,
      unit.world.portalConfigurations,
      current,
      {
        active: params.active ?? current.active,
        business_profile: profileOf(current.business_profile, params.business_profile),
        default_return_url:
          params.default_return_url === undefined ? current.default_return_url : params.default_return_url,
        features: mergeFeatures(unit, current.features, params.features),
        metadata: mergeMetadata(current.metadata ?? {}, params.metadata),
        name: params.name === undefined ? current.name : params.name,
        updated: unit.now,
      },
      "billing_portal.configuration.updated",
    );
  }),
  operation(
    "POST",
    "/v1/billing_portal/sessions",
    {
      after_expiration: later(),
      configuration: text(),
      customer: required(text()),
      customer_account: later(),
      flow_data: flowParams,
      locale: text(10),
      on_behalf_of: later(),
      return_url: url(),
    },
    ({ unit }, params) => {
      const { world } = unit;
      const customer = inParam(world.customers, params.customer, "customer");
      const configuration =
        params.configuration === undefined
          ? defaultConfiguration(unit)
          : inParam(world.portalConfigurations, params.configuration, "configuration");
      const session: PortalSession = {
        id: newId("bps"),
        object: "billing_portal.session",
        configuration: configuration.id,
        created: unit.now,
        customer: customer.id,
        customer_account: null,
        flow: readFlow(unit, params.flow_data, customer.id),
        livemode: false,
        locale: (params.locale as PortalSession["locale"] | undefined) ?? null,
        on_behalf_of: null,
        return_url: params.return_url ?? configuration.default_return_url,
        url: `${world.publicUrl}/p/session/test_${randomText(40)}`,
      };
      return create(unit, world.portalSessions, session, "billing_portal.session.created");
    },
  ),
];

/** A configuration of one's own offers only what it names. */
function allOff(): PortalConfiguration["features"] {
  const usual = defaultFeatures();
  return {
    ...usual,
    customer_update: { allowed_updates: [], enabled: false },
    invoice_history: { enabled: false },
    payment_method_update: { ...usual.payment_method_update, enabled: false },
    subscription_cancel: { ...usual.subscription_cancel, enabled: false },
  };
}
