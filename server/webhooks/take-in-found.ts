import type { Connection } from "../kernel/db.ts";
import { HANDLED_EVENT_TYPES } from "./event-types.ts";
import { eventId, type IncomingEvent } from "./incoming-event.ts";
import { storeEvents } from "./store-events.ts";
import { readStripeEvent } from "./stripe-verifier.ts";

/**
 * Takes in events that the provider lists and that never came to us, the same way as those that come: stored once, each
 * with its job, in one transaction. Types that nobody asked the provider to send are left alone.
 * Idempotent. Answers how many were news.
 */
export async function takeInFound(
  service: Connection,
  bodies: readonly string[],
  settings: { now: Date; livemode: boolean },
): Promise<number> {
  const listed = bodies
    .map((raw): IncomingEvent => ({ ...readStripeEvent(raw, settings.now, settings.livemode), source: "reconciled" }))
    .filter((event) => HANDLED_EVENT_TYPES.includes(event.type));
  if (listed.length === 0) return 0;
  const known = await service.sql<{ id: string }[]>`
    select id from webhook_events where id in ${service.sql(listed.map(eventId))}`;
  const ids = new Set(known.map((row) => row.id));
  const missed = listed.filter((event) => !ids.has(eventId(event)));
  if (missed.length === 0) return 0;
  const results = await storeEvents(service, missed);
  return results.filter((result) => result === "stored").length;
}
