import type { Hono } from "hono";
import { followClock } from "../clock-follower.ts";
import { createInbox, type Inbox } from "../webhooks/index.ts";
import type { Runtime } from "../wire.ts";
import { billingEndpoints } from "./billing-endpoints.ts";
import { campaignEndpoint } from "./campaign-webhook.ts";
import { checkoutEndpoint } from "./checkout-endpoint.ts";
import { creditCheckout } from "./credit-checkout.ts";
import { entitlementKeysEndpoint } from "./entitlement-keys-endpoint.ts";
import { entitlementsEndpoint } from "./entitlements-endpoint.ts";
import { intakeConnection } from "./intake-connection.ts";
import { mediaEndpoint } from "./media.ts";
import { sandboxClock } from "./sandbox-clock.ts";
import { webhookLogs } from "./webhooks.ts";

/** What is answered in front of Remix, and what must be closed when the process stops. */
export type Endpoints = {
  readonly inbox: Inbox;
  readonly routes: readonly ((app: Hono, runtime: Runtime) => void)[];
  close(): Promise<void>;
};

/** Puts the endpoints together; each lives in a file of its own beside this one. */
export async function endpoints(runtime: Runtime): Promise<Endpoints> {
  const { config, log, metrics, clock } = runtime;
  const intake = intakeConnection(config.DATABASE_SERVICE_URL);
  const secrets = config.STRIPE_WEBHOOK_SECRET ?? [];
  const inbox = createInbox({ service: intake, log, metrics, clock, secrets, livemode: config.profile === "live" });
  const follower = await followClock(runtime, { kind: "web", movable: config.profile === "sandbox" });
  return {
    inbox,
    routes: [
      billingEndpoints,
      entitlementsEndpoint,
      entitlementKeysEndpoint,
      campaignEndpoint,
      checkoutEndpoint,
      creditCheckout,
      mediaEndpoint,
      webhookLogs,
      sandboxClock,
    ],
    async close() {
      await inbox.close();
      await follower.close();
      await intake.close();
    },
  };
}
