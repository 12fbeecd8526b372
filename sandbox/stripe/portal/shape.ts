import { newId } from "../../ids.ts";
import type { Unit } from "../unit.ts";
import type { PortalConfiguration } from "../wire.ts";

/** Everything a visitor may say when asked why. */
export const reasons = [
  "too_expensive",
  "missing_features",
  "switched_service",
  "unused",
  "customer_service",
  "too_complex",
  "low_quality",
  "other",
] as const;

/** What the portal offers unless told: cancel with reasons, cards and invoices, but no switching of plans. */
export function defaultFeatures(): PortalConfiguration["features"] {
  return {
    customer_update: { allowed_updates: ["email", "name", "address", "phone"], enabled: true },
    invoice_history: { enabled: true },
    payment_method_update: { enabled: true, payment_method_configuration: null },
    subscription_cancel: {
      cancellation_reason: { enabled: true, feedback_options: null, options: [...reasons] },
      enabled: true,
      mode: "at_period_end",
      proration_behavior: "none",
    },
    subscription_pause: { duration: { interval_options: [], type: "indefinite" }, enabled: false },
    subscription_update: {
      billing_cycle_anchor: null,
      default_allowed_updates: [],
      enabled: false,
      products: null,
      proration_behavior: "none",
      schedule_at_period_end: { conditions: [] },
      trial_update_behavior: "end_trial",
    },
  };
}

export function newConfiguration(unit: Unit, given: Partial<PortalConfiguration>): PortalConfiguration {
  return {
    id: newId("bpc"),
    object: "billing_portal.configuration",
    active: true,
    application: null,
    business_profile: { headline: null, privacy_policy_url: null, terms_of_service_url: null },
    created: unit.now,
    default_return_url: null,
    features: defaultFeatures(),
    is_default: false,
    livemode: false,
    login_page: { enabled: false, url: null },
    metadata: {},
    name: null,
    updated: unit.now,
    ...given,
  };
}

/** The configuration that sessions get without naming one; made when it is first needed. */
export function defaultConfiguration(unit: Unit): PortalConfiguration {
  const { portalConfigurations } = unit.world;
  const known = portalConfigurations.first("is_default", "yes");
  return known ?? portalConfigurations.insert(newConfiguration(unit, { is_default: true }));
}
