import { createHash, createHmac, createSecretKey, type KeyObject, timingSafeEqual } from "node:crypto";
import type { BusinessClock } from "../kernel/clock.ts";
import { type HeaderReader, headerKeeper } from "../kernel/kept-headers.ts";
import { currentRequestId } from "../kernel/log.ts";
import { type IncomingEvent, storableName } from "./incoming-event.ts";

export type Verification =
  | { readonly accepted: true; readonly event: IncomingEvent }
  | { readonly accepted: false; readonly reason: string };
export type Verifier = (body: Uint8Array | string, headers: HeaderReader) => Verification;

const TOLERANCE_SECONDS = 300;
type Json = Readonly<Record<string, unknown>>;

/**
 * Says whether Stripe signed these bytes, with any of the secrets (several while one is rotated) and within 300 seconds
 * of business time in both directions. Checked here on the bytes as they came: Stripe's own library encodes the text anew,
 * takes three times as long, and accepts any time in the future.
 * A verified body that can never be processed is accepted with its problem: the sender did nothing wrong by sending it once.
 */
export function stripeVerifier(settings: {
  secrets: readonly string[];
  clock: BusinessClock;
  livemode: boolean;
}): Verifier {
  const keys = settings.secrets.map((secret) => createSecretKey(secret, "utf8"));
  const kept = headerKeeper("stripe v1");
  return (body, headers) => {
    const now = settings.clock.now();
    const bytes =
      typeof body === "string" ? Buffer.from(body) : Buffer.from(body.buffer, body.byteOffset, body.byteLength);
    const header = headers.get("stripe-signature") ?? "";
    const times = [...header.matchAll(/(?:^|,)\s*t=(\d+)/g)].map((match) => Number(match[1]));
    const [signedAt] = times;
    if (bytes.length === 0) return { accepted: false, reason: "no body" };
    if (signedAt === undefined) return { accepted: false, reason: "no signature" };
    if (times.length > 1) return { accepted: false, reason: "more than one signature header" };
    const signatures = [...header.matchAll(/(?:^|,)\s*v1=([0-9a-f]{64})(?=\s*(?:,|$))/g)].map((match) =>
      Buffer.from(match[1] ?? "", "hex"),
    );
    if (!keys.some((key) => isSignedWith(key, signedAt, bytes, signatures)))
      return { accepted: false, reason: "wrong signature" };
    if (Math.abs(Math.floor(now.getTime() / 1000) - signedAt) > TOLERANCE_SECONDS)
      return { accepted: false, reason: "signed at another time" };
    const raw = bytes.toString("utf8").replace(/^\uFEFF/, "");
    return { accepted: true, event: readStripeEvent(raw, now, settings.livemode, kept(headers, signedAt)) };
  };
}

/** Stripe's scheme v1: an HMAC of the time as it was sent, a dot and the bytes. */
function isSignedWith(key: KeyObject, signedAt: number, bytes: Buffer, signatures: readonly Buffer[]): boolean {
  const expected = createHmac("sha256", key).update(`${signedAt}.`).update(bytes).digest();
  return signatures.some((signature) => timingSafeEqual(signature, expected));
}

/** Sent by ourselves every minute, signed like any other: see `prove-path.ts`. */
export const SELF_TEST_TYPE = "kraftverk.self_test";

/** What a body says, whoever brought it; with its problem when it can never be processed. `headers` as they are kept. */
export function readStripeEvent(
  raw: string,
  now: Date,
  livemode: boolean,
  headers: string | null = null,
): IncomingEvent {
  const requestId = currentRequestId() ?? null;
  const shared = { provider: "stripe", raw, headers, requestId, source: "delivered" as const };
  const parsed = parse(raw);
  const body = asObject(parsed);
  const id = text(body?.id);
  const type = text(body?.type);
  if (!body || !id || !type) {
    const externalId = `unreadable_${createHash("sha256").update(raw).digest("hex")}`;
    const problem =
      parsed === undefined ? "The body is not JSON." : "The body is not an event: it has no id or no type.";
    return {
      ...shared,
      externalId,
      type: type ? storableName(type) : "unreadable",
      objectId: null,
      apiVersion: null,
      wayBack: false,
      occurredAt: now,
      problem,
    };
  }
  const object = asObject(asObject(body.data)?.object);
  const objectId = text(object?.id);
  const apiVersion = text(body.api_version);
  return {
    ...shared,
    source: type === SELF_TEST_TYPE ? "self_test" : "delivered",
    externalId: storableName(id),
    type: storableName(type),
    objectId: objectId ? storableName(objectId) : null,
    apiVersion: apiVersion ? storableName(apiVersion) : null,
    wayBack: object !== null && ("success_url" in object || "cancel_url" in object),
    occurredAt: instant(body.created) ?? now,
    problem: problemOf(body, object, livemode),
  };
}

function problemOf(body: Json, object: Json | null, livemode: boolean): string | null {
  if (body.object !== "event") return "The body is not a snapshot event.";
  if (!object) return "The event names no object.";
  if (body.livemode !== livemode)
    return livemode ? "The event is of test mode, this shop is live." : "The event is of live mode, this shop is not.";
  if (text(body.account)) return "The event is of another account.";
  return null;
}

function parse(raw: string): unknown {
  try {
    return JSON.parse(raw) as unknown;
  } catch {
    return undefined;
  }
}

function asObject(value: unknown): Json | null {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Json) : null;
}

function text(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}

function instant(seconds: unknown): Date | null {
  if (typeof seconds !== "number" || !Number.isFinite(seconds) || seconds < 0 || seconds > 253_402_300_799) return null;
  return new Date(seconds * 1000);
}
