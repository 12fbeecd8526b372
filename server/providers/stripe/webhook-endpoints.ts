import type Stripe from "stripe";
import type { Endpoint, WantedEndpoint } from "../../webhooks/endpoint-plan.ts";
import { callStripe } from "./client.ts";

type Types = Stripe.WebhookEndpointCreateParams["enabled_events"];

/** The webhook endpoints of the account. */
export async function listEndpoints(stripe: Stripe): Promise<Endpoint[]> {
  const { data } = await callStripe("read", () => stripe.webhookEndpoints.list({ limit: 100 }));
  return data.map((found) => ({
    id: found.id,
    url: found.url,
    eventTypes: found.enabled_events,
    enabled: found.status === "enabled",
    apiVersion: found.api_version,
  }));
}

/** Makes an endpoint. Answers the secret that its deliveries are signed with: Stripe tells it this once. */
export async function createEndpoint(stripe: Stripe, wanted: WantedEndpoint): Promise<{ id: string; secret: string }> {
  const made = await callStripe("write", () =>
    stripe.webhookEndpoints.create({
      url: wanted.url,
      enabled_events: [...wanted.eventTypes] as Types,
      api_version: wanted.apiVersion as Stripe.WebhookEndpointCreateParams.ApiVersion,
      description: "Kraftverk",
    }),
  );
  return { id: made.id, secret: made.secret ?? "" };
}

export async function updateEndpoint(stripe: Stripe, id: string, wanted: WantedEndpoint): Promise<void> {
  const enabled_events = [...wanted.eventTypes] as Types;
  await callStripe("write", () => stripe.webhookEndpoints.update(id, { enabled_events, disabled: false }));
}
