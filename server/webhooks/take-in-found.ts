import type { Connection } from "../kernel/db.ts";
import { HANDLED_EVENT_TYPES } from "./event-types.ts";
import type { ListedEvent } from "./found-events.ts";
import { eventId, type IncomingEvent, storableName } from "./incoming-event.ts";
import { storeEvents } from "./store-events.ts";
import { readStripeEvent } from "./stripe-verifier.ts";

/**
 * Takes in events that the provider lists and that never came to us, the same way as those that come: stored once, each
 * with its job, in one transaction. Types that nobody asked the provider to send are left alone. Those that are here are told by
 * their ids; only the others are read.
 * Idempotent. Answers how many were news.
 */
export async function takeInFound(
  service: Connection,
  listed: readonly ListedEvent[],
  settings: { now: Date; livemode: boolean },
): Promise<number> {
  if (listed.length === 0) return 0;
  const idOf = ({ externalId }: ListedEvent) => eventId({ provider: "stripe", externalId: storableName(externalId) });
  const known = await service.sql<{ id: string }[]>`
    select id from webhook_events where id in ${service.sql(listed.map(idOf))}`;
  const ids = new Set(known.map((row) => row.id));
  const missed = listed
    .filter((event) => !ids.has(idOf(event)))
    .map(
      (event): IncomingEvent => ({
        ...readStripeEvent(event.body(), settings.now, settings.livemode),
        source: "reconciled",
      }),
    )
    .filter((event) => HANDLED_EVENT_TYPES.includes(event.type));
  if (missed.length === 0) return 0;
  const results = await storeEvents(service, missed);
  return results.filter((result) => result === "stored").length;
}
