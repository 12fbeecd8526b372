import { createStripeClient, STRIPE_API_VERSION } from "../../server/providers/stripe/client.ts";
import { createEndpoint, listEndpoints, updateEndpoint } from "../../server/providers/stripe/webhook-endpoints.ts";
import { planEndpoint } from "../../server/webhooks/endpoint-plan.ts";
import { HANDLED_EVENT_TYPES } from "../../server/webhooks/event-types.ts";
import { catalogSession } from "../sync-catalog.ts";
import { type Step, stepTable } from "./step-table.ts";

export type SyncWish = {
  /** Only say what would be done. */
  readonly dryRun: boolean;
  /** The shop's public address, whose webhook endpoint is made or brought up to date; null: leave endpoints alone. */
  readonly baseUrl: string | null;
};

type Env = Readonly<Record<string, string | undefined>>;

/**
 * Makes Stripe's products, prices and webhook endpoint what this shop needs, and answers in words what was done, or, dry,
 * what would be. Idempotent: a second run finds nothing to do. The secret of an endpoint that was just made is in the answer:
 * Stripe tells it once, and it is kept nowhere here. Throws ProviderError.
 */
export async function syncStripe(env: Env, { dryRun, baseUrl }: SyncWish): Promise<string> {
  const session = catalogSession(env);
  try {
    const steps: Step[] = [...(await session.compare())];
    const endpoint = baseUrl === null ? null : await endpointOf(env, baseUrl);
    if (endpoint && endpoint.plan.act !== "none") {
      const { act, detail } = endpoint.plan;
      const id = "id" in endpoint.plan ? endpoint.plan.id : "";
      steps.push({ act, what: "webhook endpoint", id, detail });
    }
    if (steps.length === 0) return "Stripe has everything as it should be.";
    const table = stepTable(steps);
    if (dryRun) return `${table}\n\nDifferences: ${steps.length}. Nothing was changed.`;
    await session.sync();
    const secret = endpoint ? await endpoint.apply() : null;
    const told =
      secret && `\n\nSTRIPE_WEBHOOK_SECRET=${secret}\nStripe tells this secret once: put it into the settings now.`;
    return `${table}\n\nDifferences settled: ${steps.length}.${told ?? ""}`;
  } finally {
    await session.close();
  }
}

/** What has to happen with the shop's endpoint, and the doing of it; answers the secret of a new one. */
async function endpointOf(env: Env, baseUrl: string) {
  const stripe = createStripeClient({ secretKey: env.STRIPE_SECRET_KEY ?? "", apiBase: env.STRIPE_API_BASE });
  const url = new URL("/api/webhooks/stripe", baseUrl).href;
  const wanted = { url, eventTypes: HANDLED_EVENT_TYPES, apiVersion: STRIPE_API_VERSION };
  const plan = planEndpoint(await listEndpoints(stripe), wanted);
  return {
    plan,
    async apply(): Promise<string | null> {
      if (plan.act === "create") return (await createEndpoint(stripe, wanted)).secret;
      if (plan.act === "update") await updateEndpoint(stripe, plan.id, wanted);
      return null;
    },
  };
}
