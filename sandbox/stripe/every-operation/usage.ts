import type { Table } from "./stage.ts";

const [start_time, end_time] = [1_799_999_940, 1_800_000_000];

/** Meters and credits, features and what customers may use, and searches. */
export const ofUsage: Table = {
  "POST /v1/billing/meters": (on) => on.meter(),
  "GET /v1/billing/meters": ({ stripe }) => stripe.billing.meters.list({ status: "active" }),
  "GET /v1/billing/meters/:id": async (on) => on.stripe.billing.meters.retrieve((await on.meter()).id),
  "POST /v1/billing/meters/:id": async (on) =>
    on.stripe.billing.meters.update((await on.meter()).id, { display_name: "Anrop" }),
  "POST /v1/billing/meters/:id/deactivate": async (on) => on.stripe.billing.meters.deactivate((await on.meter()).id),
  "POST /v1/billing/meters/:id/reactivate": async (on) => {
    const { id } = await on.stripe.billing.meters.deactivate((await on.meter()).id);
    return on.stripe.billing.meters.reactivate(id);
  },
  "GET /v1/billing/meters/:id/event_summaries": async (on) => {
    const customer = (await on.customer()).id;
    return on.stripe.billing.meters.listEventSummaries((await on.meter()).id, { customer, start_time, end_time });
  },
  "POST /v1/billing/meter_events": async (on) => {
    const { event_name } = await on.meter();
    const stripe_customer_id = (await on.customer()).id;
    return on.stripe.billing.meterEvents.create({ event_name, payload: { stripe_customer_id, value: "25" } });
  },
  "POST /v1/billing/meter_event_adjustments": async (on) => {
    const { event_name } = await on.meter();
    const payload = { stripe_customer_id: (await on.customer()).id, value: "25" };
    const { identifier } = await on.stripe.billing.meterEvents.create({ event_name, payload });
    return on.stripe.billing.meterEventAdjustments.create({ event_name, type: "cancel", cancel: { identifier } });
  },
  "POST /v1/billing/credit_grants": (on) => on.grant(),
  "GET /v1/billing/credit_grants": ({ stripe }) => stripe.billing.creditGrants.list(),
  "GET /v1/billing/credit_grants/:id": async (on) => on.stripe.billing.creditGrants.retrieve((await on.grant()).id),
  "POST /v1/billing/credit_grants/:id": async (on) =>
    on.stripe.billing.creditGrants.update((await on.grant()).id, { metadata: { a: "b" } }),
  "POST /v1/billing/credit_grants/:id/expire": async (on) =>
    on.stripe.billing.creditGrants.expire((await on.grant()).id),
  "POST /v1/billing/credit_grants/:id/void": async (on) =>
    on.stripe.billing.creditGrants.voidGrant((await on.grant()).id),
  "GET /v1/billing/credit_balance_summary": async (on) =>
    on.stripe.billing.creditBalanceSummaries.retrieve({
      customer: on.id((await on.grant()).customer),
      filter: { type: "applicability_scope", applicability_scope: { price_type: "metered" } },
    }),
  "GET /v1/billing/credit_balance_transactions": async (on) =>
    on.stripe.billing.creditBalanceTransactions.list({ credit_grant: (await on.grant()).id }),
  "GET /v1/billing/credit_balance_transactions/:id": async (on) => {
    const credit_grant = (await on.grant()).id;
    const [first] = (await on.stripe.billing.creditBalanceTransactions.list({ credit_grant })).data;
    return on.stripe.billing.creditBalanceTransactions.retrieve(on.id(first), { expand: ["credit_grant"] });
  },
  "POST /v1/entitlements/features": (on) => on.feature(),
  "GET /v1/entitlements/features": ({ stripe }) => stripe.entitlements.features.list({ archived: false }),
  "GET /v1/entitlements/features/:id": async (on) => on.stripe.entitlements.features.retrieve((await on.feature()).id),
  "POST /v1/entitlements/features/:id": async (on) =>
    on.stripe.entitlements.features.update((await on.feature()).id, { name: "Export" }),
  "POST /v1/products/:id/features": async (on) =>
    on.stripe.products.createFeature((await on.product()).id, { entitlement_feature: (await on.feature()).id }),
  "GET /v1/products/:id/features": async (on) => on.stripe.products.listFeatures((await on.product()).id),
  "GET /v1/products/:id/features/:id": async (on) => {
    const product = (await on.product()).id;
    const one = await on.stripe.products.createFeature(product, { entitlement_feature: (await on.feature()).id });
    return on.stripe.products.retrieveFeature(product, one.id);
  },
  "DELETE /v1/products/:id/features/:id": async (on) => {
    const product = (await on.product()).id;
    const one = await on.stripe.products.createFeature(product, { entitlement_feature: (await on.feature()).id });
    return on.stripe.products.deleteFeature(product, one.id);
  },
  "GET /v1/entitlements/active_entitlements": async (on) =>
    on.stripe.entitlements.activeEntitlements.list({ customer: (await on.entitled()).id }),
  "GET /v1/entitlements/active_entitlements/:id": async (on) => {
    const customer = (await on.entitled()).id;
    const [first] = (await on.stripe.entitlements.activeEntitlements.list({ customer })).data;
    return on.stripe.entitlements.activeEntitlements.retrieve(on.id(first), { expand: ["feature"] });
  },
  "GET /v1/charges/search": ({ stripe }) => stripe.charges.search({ query: "amount>100" }),
  "GET /v1/customers/search": ({ stripe }) => stripe.customers.search({ query: 'email~"example"' }),
  "GET /v1/invoices/search": ({ stripe }) => stripe.invoices.search({ query: 'status:"paid"' }),
  "GET /v1/payment_intents/search": ({ stripe }) => stripe.paymentIntents.search({ query: 'currency:"sek"' }),
  "GET /v1/prices/search": ({ stripe }) => stripe.prices.search({ query: 'active:"true"' }),
  "GET /v1/products/search": ({ stripe }) => stripe.products.search({ query: '-metadata["a"]:null' }),
  "GET /v1/subscriptions/search": ({ stripe }) => stripe.subscriptions.search({ query: 'status:"active"' }),
};
