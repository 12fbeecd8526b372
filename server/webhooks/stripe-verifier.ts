import { createHash } from "node:crypto";
import Stripe from "stripe";
import type { BusinessClock } from "../kernel/clock.ts";
import { currentRequestId } from "../kernel/log.ts";
import { type IncomingEvent, storableName } from "./incoming-event.ts";

export type Verification =
  | { readonly accepted: true; readonly event: IncomingEvent }
  | { readonly accepted: false; readonly reason: string };
/** A notification's headers, of the platform's kind or Node's own; names in lower case. */
export type HeaderReader = { get(name: string): string | null };
export type Verifier = (body: Uint8Array | string, headers: HeaderReader) => Verification;

const TOLERANCE_SECONDS = 300;
type Json = Readonly<Record<string, unknown>>;

/**
 * Says whether Stripe signed these bytes, with any of the secrets (several while one is rotated) and within 300 seconds
 * of business time in both directions. The synchronous check is used because it costs half of the asynchronous one.
 * A verified body that can never be processed is accepted with its problem: the sender did nothing wrong by sending it once.
 */
export function stripeVerifier(settings: {
  secrets: readonly string[];
  clock: BusinessClock;
  livemode: boolean;
}): Verifier {
  let secrets = [...settings.secrets];
  return (body, headers) => {
    const now = settings.clock.now();
    const raw =
      typeof body === "string" ? body : Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString("utf8");
    const header = headers.get("stripe-signature") ?? "";
    const times = [...header.matchAll(/(?:^|,)\s*t=(\d+)/g)].map((match) => Number(match[1]));
    const [signedAt] = times;
    if (signedAt === undefined) return { accepted: false, reason: "no signature" };
    if (times.length > 1) return { accepted: false, reason: "more than one signature header" };
    const secret = secrets.find((candidate) => isSignedWith(candidate, raw, header));
    if (secret === undefined) return { accepted: false, reason: "wrong signature" };
    if (Math.abs(Math.floor(now.getTime() / 1000) - signedAt) > TOLERANCE_SECONDS)
      return { accepted: false, reason: "signed at another time" };
    // The secret that fits is tried first from now on: a miss throws, and that is slow.
    if (secret !== secrets[0]) secrets = [secret, ...secrets.filter((other) => other !== secret)];
    return { accepted: true, event: readStripeEvent(raw.replace(/^\uFEFF/, ""), now, settings.livemode) };
  };
}

function isSignedWith(secret: string, raw: string, header: string): boolean {
  try {
    // Tolerance 0 leaves time to the caller, who refuses the future too; the SDK does not.
    return Stripe.webhooks.signature?.verifyHeader(raw, header, secret, 0) ?? false;
  } catch (error) {
    if (error instanceof Stripe.errors.StripeSignatureVerificationError) return false;
    throw error;
  }
}

/** Sent by ourselves every minute, signed like any other: see `prove-path.ts`. */
export const SELF_TEST_TYPE = "kraftverk.self_test";

/** What a body says, whoever brought it; with its problem when it can never be processed. */
export function readStripeEvent(raw: string, now: Date, livemode: boolean): IncomingEvent {
  const shared = { provider: "stripe", raw, requestId: currentRequestId() ?? null, source: "delivered" as const };
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
