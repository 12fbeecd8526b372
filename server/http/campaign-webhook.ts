import { createHash } from "node:crypto";
import type { Hono } from "hono";
import type { TechnicalClock } from "../kernel/clock.ts";
import type { Ctx } from "../kernel/ctx.ts";
import { keptHeaders } from "../kernel/kept-headers.ts";
import { parseAnnouncement, receiveAnnouncement } from "../pricing/index.ts";
import type { Runtime } from "../wire.ts";
import { socketAddress } from "./app.ts";
import { BodyTooLarge, readBody } from "./body-limit.ts";
import { canonicalJson } from "./canonical-json.ts";
import { comeBackLater, secondsToWait } from "./come-back-later.ts";
import { verifySignature } from "./message-signature.ts";
import { hasPartnerKey } from "./partner-key.ts";
import { callerAddress } from "./request-context.ts";

const BODY_LIMIT = 64_000;

export type CampaignWebhookParts = {
  /** A context for the partner, on the member connection. */
  ctx(requestId: string): Ctx;
  readonly keys: readonly string[];
  /** When set, every announcement must be signed with it. */
  readonly signatureSecret: string | undefined;
  readonly technical: TechnicalClock;
};

/**
 * `POST /api/campaigns/webhook`: a partner's system tells about its campaigns (`docs/campaign-webhook.md`). 401 without
 * a key (before anything is read), 413, 400 with the first wrong field, 503 when it could not be stored: send it again.
 */
export function campaignWebhook(
  parts: CampaignWebhookParts,
): (request: Request, requestId: string) => Promise<Response> {
  return async (request, requestId) => {
    const ctx = parts.ctx(requestId);
    if (!hasPartnerKey(request.headers.get("authorization"), parts.keys)) {
      ctx.log.warn({ security: "campaign_webhook" }, "refused a campaign announcement without a valid key");
      return answer(401, { success: false, error: "Unauthorized" }, { "WWW-Authenticate": "Bearer" });
    }
    try {
      const body = await readBody(request, BODY_LIMIT);
      return await receive(parts, ctx, request.headers, body);
    } catch (error) {
      if (error instanceof BodyTooLarge)
        return answer(413, { success: false, error: "The announcement is larger than 64 kB." });
      ctx.log.error({ err: error }, "campaign announcement failed");
      return answer(503, { success: false, error: "It could not be stored. Send it again." }, { "Retry-After": "10" });
    }
  };
}

async function receive(parts: CampaignWebhookParts, ctx: Ctx, headers: Headers, body: Uint8Array): Promise<Response> {
  let messageId: string | undefined;
  if (parts.signatureSecret !== undefined) {
    const now = parts.technical.now();
    const verified = verifySignature({ secret: parts.signatureSecret, headers, body, now });
    if (verified === null) {
      ctx.log.warn({ security: "campaign_webhook" }, "refused a campaign announcement without a valid signature");
      return answer(401, { success: false, error: "Invalid signature" });
    }
    messageId = verified;
  }
  const json = readJson(body);
  if (json === null) return answer(400, { success: false, error: "The body is not JSON.", field: "body" });
  const parsed = parseAnnouncement(json.value);
  if (!parsed.ok) return answer(400, { success: false, error: parsed.error, field: parsed.field });
  const { announcement } = parsed;
  if (announcement.action === "ping") return answer(200, { success: true, action: "ping", result: "pong" });
  const bodyHash = createHash("sha256").update(json.canonical).digest("hex");
  const kept = keptHeaders(headers, messageId === undefined ? "none" : "standard-webhooks v1");
  const received = { announcement, body: json.text, bodyHash, messageId, headers: kept };
  const { result, campaignId } = await receiveAnnouncement(ctx, received);
  return answer(200, { success: true, action: announcement.action, campaignId, result });
}

/** The body as a value, as text, and in one form whatever its spaces and the order of its keys; null: not JSON. */
function readJson(body: Uint8Array): { value: unknown; text: string; canonical: string } | null {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(body);
    const value: unknown = JSON.parse(text);
    return { value, text, canonical: canonicalJson(value) };
  } catch {
    return null;
  }
}

function answer(status: number, body: object, headers: Record<string, string> = {}): Response {
  return Response.json(body, { status, headers: { "Cache-Control": "no-store", ...headers } });
}

/**
 * Puts the endpoint in front of Remix. An address that announces more than any partner would, or is refused over and over,
 * is told when to come again (429); announcements that are right come through while wrong ones are refused.
 */
export function campaignEndpoint(app: Hono, runtime: Runtime): void {
  const handle = campaignWebhook({
    ctx: (requestId) => runtime.ctx({ kind: "partner", name: "source" }, requestId),
    keys: runtime.config.SOURCE_API_KEY ?? [],
    signatureSecret: runtime.config.SOURCE_WEBHOOK_SECRET,
    technical: runtime.technical,
  });
  const counting = { callLimits: runtime.providers.callLimits, log: runtime.log };
  app.post("/api/campaigns/webhook", async (c) => {
    const address = callerAddress(c.req.raw, socketAddress(c), runtime.config);
    const wait = await secondsToWait(counting, "announcements", address);
    if (wait !== null) return comeBackLater(wait);
    const response = await handle(c.req.raw, c.get("requestId" as never) as string);
    const refused = response.status >= 400 && response.status < 500;
    const again = refused ? await secondsToWait(counting, "refusals", address) : null;
    return again === null ? response : comeBackLater(again);
  });
}
