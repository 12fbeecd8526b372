import type { Hono } from "hono";
import { billingCheckoutInput, billingPortalInput } from "../checkout/input.ts";
import type { createCaller } from "../trpc/router.ts";
import type { Runtime } from "../wire.ts";
import { documentedAnswer, refused, wrongField } from "./documented-answer.ts";
import { type Answer, readJson } from "./rest-answer.ts";

type Caller = ReturnType<typeof createCaller>;

/**
 * `POST /api/billing/checkout {orgId, planCode, interval, seats?}` → `{success, sessionId, url, planCode, interval, orgId}`: the page on
 * which an organization buys a plan. `POST /api/billing/portal {orgId, returnUrl?}` → `{success, url, orgId}`: Stripe's pages of
 * its bills and card. For whoever is signed in or shows an API key with the scope `plans.buy`. Refusals are
 * `{success: false, error}`: 400 naming the field, 401, 403, 404, 409 (with `url` of the portal when there is a plan already),
 * 503 when the page cannot be opened now.
 */
export function billingEndpoints(app: Hono, runtime: Runtime): void {
  app.post("/api/billing/checkout", (c) => documentedAnswer(c, runtime, (caller) => buy(c.req.raw, caller)));
  app.post("/api/billing/portal", (c) => documentedAnswer(c, runtime, (caller) => portal(c.req.raw, caller)));
  for (const path of ["/api/billing/checkout", "/api/billing/portal"])
    app.all(path, (c) => c.json({ success: false, error: "Send a POST." }, 405, { Allow: "POST" }));
}

async function buy(request: Request, caller: Caller): Promise<Answer> {
  const parsed = billingCheckoutInput.safeParse(await readJson(request));
  if (!parsed.success) return wrongField(parsed.error);
  const { orgId, planCode, interval, seats } = parsed.data;
  const bought = await caller.checkout.plan.buy({ organizationId: orgId, planCode, interval, seats });
  if (bought.outcome === "open") {
    const { sessionId, url } = bought;
    return { status: 200, body: { success: true, sessionId, url, planCode, interval, orgId } };
  }
  if (bought.outcome === "already_subscribed") {
    const error = "The organization has a plan already. It is looked after on the page at url.";
    return refused(409, error, { url: bought.portalUrl });
  }
  return refused(503, "The payment page cannot be opened right now. Nothing was charged.");
}

async function portal(request: Request, caller: Caller): Promise<Answer> {
  const parsed = billingPortalInput.safeParse(await readJson(request));
  if (!parsed.success) return wrongField(parsed.error);
  const { orgId, returnUrl } = parsed.data;
  const { url } = await caller.checkout.plan.portal({ organizationId: orgId, returnUrl });
  return { status: 200, body: { success: true, url, orgId } };
}
