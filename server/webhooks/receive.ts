import type { BusinessClock } from "../kernel/clock.ts";
import type { Connection } from "../kernel/db.ts";
import type { HeaderReader } from "../kernel/kept-headers.ts";
import type { Log } from "../kernel/log.ts";
import type { Metrics } from "../kernel/metrics.ts";
import { createGroupCommit, Overloaded } from "./group-commit.ts";
import { eventId, type IncomingEvent } from "./incoming-event.ts";
import { labelOfType } from "./prove-path.ts";
import { type StoreResult, storeEvents } from "./store-events.ts";
import { stripeVerifier } from "./stripe-verifier.ts";

/** Bytes of a notification; a larger one is refused unread. */
export const MAX_BODY = 1_000_000;

export type InboxAnswer = {
  readonly status: number;
  readonly body: string;
  readonly headers: Record<string, string>;
  /** Of an event that was taken in: what became of it, and its type. */
  readonly taken?: { readonly result: StoreResult; readonly type: string };
};
export type Inbox = {
  receive(provider: "stripe", body: Uint8Array | string, headers: HeaderReader): Promise<InboxAnswer>;
  /** Takes nothing more and resolves when everything that was taken is stored. */
  close(): Promise<void>;
};

type Parts = {
  readonly service: Connection;
  readonly log: Log;
  readonly metrics: Pick<Metrics, "webhookEvents" | "webhookDuplicates">;
  readonly clock: BusinessClock;
  /** Signing secrets; none: nothing can be verified and everything is answered with 500. */
  readonly secrets: readonly string[];
  readonly livemode: boolean;
  readonly limits?: { maxWaiting?: number; maxGroup?: number; flights?: number };
};

/**
 * The one door for notifications of providers, whichever route they came by. A verified event is answered with 2xx only
 * after it is committed together with its job; the same event is stored once however often it comes. 400 for a signature
 * that is not right (nothing is stored), 413, 500 without a secret, 503 with Retry-After when storing fails or more
 * waits than may.
 */
export function createInbox(parts: Parts): Inbox {
  const { log, metrics } = parts;
  const verify = stripeVerifier({ secrets: parts.secrets, clock: parts.clock, livemode: parts.livemode });
  const group = createGroupCommit<IncomingEvent, StoreResult>({
    key: eventId,
    write: (events) => storeEvents(parts.service, events),
    repeated: { same: (one, other) => one.raw === other.raw, result: "duplicate" },
    ...parts.limits,
  });

  return {
    async receive(provider, body, headers) {
      if (parts.secrets.length === 0) {
        log.error({ provider }, "a webhook cannot be verified: STRIPE_WEBHOOK_SECRET is missing");
        return answer(500, { error: "The webhook secret is not configured" });
      }
      if (body.length > MAX_BODY) return tooLarge();
      const verification = verify(body, headers);
      if (!verification.accepted) {
        metrics.webhookEvents.inc({ type: "unverified", outcome: "refused" });
        log.warn(
          { security: "webhook_signature", provider, reason: verification.reason, bytes: body.length },
          "refused a webhook",
        );
        return answer(400, { error: "Invalid signature" });
      }
      const { event } = verification;
      try {
        const result = await group.submit(event);
        if (result === "duplicate") metrics.webhookDuplicates.inc();
        else
          metrics.webhookEvents.inc({
            type: labelOfType(event.type),
            outcome: event.problem === null ? "received" : "dead",
          });
        if (event.problem !== null)
          log.warn({ event: eventId(event), type: event.type, problem: event.problem }, "a webhook needs a person");
        return { ...TAKEN[result], taken: { result, type: event.type } };
      } catch (error) {
        if (error instanceof Overloaded) {
          log.warn({ provider }, "too many webhooks at once");
          return overloaded();
        }
        log.error({ err: error, event: eventId(event), type: event.type }, "a webhook could not be stored");
        return answer(503, FAILED, { "Retry-After": "5" });
      }
    },
    close: () => group.close(),
  };
}

const TAKEN = {
  stored: answer(200, { received: true, result: "stored" }),
  duplicate: answer(200, { received: true, result: "duplicate" }),
} as const satisfies Record<StoreResult, InboxAnswer>;
const FAILED = { error: "Event processing failed" };

/** The answer while more comes than can be taken in. */
export function overloaded(): InboxAnswer {
  return answer(503, FAILED, { "Retry-After": "1" });
}

/** The answer to a body over the limit, for whoever stops reading it. */
export function tooLarge(): InboxAnswer {
  return answer(413, { error: "The event is larger than 1 MB" });
}

function answer(status: number, body: object, headers: Record<string, string> = {}): InboxAnswer {
  return {
    status,
    body: JSON.stringify(body),
    headers: { "Content-Type": "application/json", "Cache-Control": "no-store", ...headers },
  };
}
