import type { Table } from "./stage.ts";

/** The portal, events and where they go, and clocks of one's own. */
export const ofTheAccount: Table = {
  "POST /v1/billing_portal/configurations": ({ stripe }) =>
    stripe.billingPortal.configurations.create({ features: { invoice_history: { enabled: true } } }),
  "GET /v1/billing_portal/configurations": ({ stripe }) => stripe.billingPortal.configurations.list(),
  "GET /v1/billing_portal/configurations/:id": async ({ stripe }) => {
    const features = { invoice_history: { enabled: true } };
    const { id } = await stripe.billingPortal.configurations.create({ features });
    return stripe.billingPortal.configurations.retrieve(id);
  },
  "POST /v1/billing_portal/configurations/:id": async ({ stripe }) => {
    const features = { invoice_history: { enabled: true } };
    const { id } = await stripe.billingPortal.configurations.create({ features });
    return stripe.billingPortal.configurations.update(id, { metadata: { a: "b" } });
  },
  "POST /v1/billing_portal/sessions": async (on) =>
    on.stripe.billingPortal.sessions.create({ customer: (await on.customer()).id }),
  "GET /v1/events": ({ stripe }) => stripe.events.list({ type: "customer.created" }),
  "GET /v1/events/:id": async (on) => {
    await on.customer();
    const [event] = (await on.stripe.events.list({ limit: 1 })).data;
    return on.stripe.events.retrieve(on.id(event));
  },
  "POST /v1/test_helpers/test_clocks": (on) => on.clock(),
  "GET /v1/test_helpers/test_clocks": ({ stripe }) => stripe.testHelpers.testClocks.list(),
  "GET /v1/test_helpers/test_clocks/:id": async (on) =>
    on.stripe.testHelpers.testClocks.retrieve((await on.clock()).id),
  "DELETE /v1/test_helpers/test_clocks/:id": async (on) => on.stripe.testHelpers.testClocks.del((await on.clock()).id),
  "POST /v1/test_helpers/test_clocks/:id/advance": async (on) =>
    on.stripe.testHelpers.testClocks.advance((await on.clock()).id, { frozen_time: 1_900_003_600 }),
  "POST /v1/webhook_endpoints": (on) => on.endpoint(),
  "GET /v1/webhook_endpoints": ({ stripe }) => stripe.webhookEndpoints.list(),
  "GET /v1/webhook_endpoints/:id": async (on) => on.stripe.webhookEndpoints.retrieve((await on.endpoint()).id),
  "POST /v1/webhook_endpoints/:id": async (on) =>
    on.stripe.webhookEndpoints.update((await on.endpoint()).id, { disabled: true }),
  "DELETE /v1/webhook_endpoints/:id": async (on) => on.stripe.webhookEndpoints.del((await on.endpoint()).id),
};
