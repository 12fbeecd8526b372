import type { Hono } from "hono";
import { entitlementsEndpointInput } from "../entitlements/input.ts";
import type { Runtime } from "../wire.ts";
import { documentedAnswer, wrongField } from "./documented-answer.ts";

/**
 * `GET /api/entitlements?orgId=` → `{success, orgId, entitlements, timestamp}`: the eight flags of an organization's plan and
 * exceptions, for its members and API keys with the scope `entitlements.read`; `all=1`: every feature with its value.
 * `timestamp` is business time. 400 naming the field, 401, 403 for whoever is no member, 404, 405 for anything but GET.
 */
export function entitlementsEndpoint(app: Hono, runtime: Runtime): void {
  app.get("/api/entitlements", (c) =>
    documentedAnswer(c, runtime, async (caller, now) => {
      const parsed = entitlementsEndpointInput.safeParse(c.req.query());
      if (!parsed.success) return wrongField(parsed.error);
      const { orgId, all = false } = parsed.data;
      const { flags, entitlements } = await caller.entitlements.get({ organizationId: orgId });
      const body = { success: true, orgId, entitlements: all ? entitlements : flags, timestamp: now.toISOString() };
      return { status: 200, body };
    }),
  );
  app.all("/api/entitlements", (c) => c.json({ success: false, error: "Send a GET." }, 405, { Allow: "GET, HEAD" }));
}
