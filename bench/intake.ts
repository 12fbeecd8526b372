import type postgres from "postgres";
import { makeEvents, type SentEvent } from "./events.ts";
import { closedLoop, type Load } from "./http-load.ts";

/** More than any machine takes in the time; what is left over is thrown away. */
const PER_SECOND_AT_MOST = 14_000;
const unfollowed = { type: "galaxy.collapsed", object: "galaxy", objectId: (index: number) => `gal_${index}` };

export type Intake = Load & { readonly stored: number };

/**
 * Webhooks over HTTP through the real web process while no worker runs, and then the count: every answer is 200, and as
 * many events and jobs are there as different ids were sent. `repeats` sends every second event a second time.
 */
export async function measureIntake(
  admin: postgres.Sql,
  port: number,
  options: { connections: number; seconds: number; repeats?: boolean },
): Promise<Intake> {
  await emptyInbox(admin);
  const events = makeUnfollowed(options.seconds * PER_SECOND_AT_MOST);
  const sent = new Set<string>();
  let place = 0;
  let last: SentEvent | undefined;
  const load = await closedLoop({
    port,
    connections: options.connections,
    seconds: options.seconds,
    next: () => {
      const again = options.repeats === true && place % 2 === 1 ? last : undefined;
      const event = again ?? events[options.repeats ? Math.floor(place / 2) : place];
      place += 1;
      if (!event) return null;
      last = event;
      sent.add(event.id);
      return event.request;
    },
  });
  const [found] = await admin<{ events: number; jobs: number }[]>`
    select (select count(*)::int from webhook_events) as events, (select count(*)::int from graphile_worker._private_jobs) as jobs`;
  const others = Object.entries(load.statuses).filter(([status]) => status !== "200");
  // The last request of each connection is drawn but not sent when the time is up.
  const unsent = options.connections;
  if (
    others.length > 0 ||
    !found ||
    found.events !== found.jobs ||
    found.events > sent.size ||
    found.events < sent.size - unsent
  ) {
    throw new Error(
      `the intake does not add up: ${JSON.stringify({ ...found, sent: sent.size, statuses: load.statuses })}`,
    );
  }
  return { ...load, stored: found.events };
}

/** Events of a type that nobody follows: taking them in is all there is to do. */
export function makeUnfollowed(count: number): SentEvent[] {
  return makeEvents(count, unfollowed);
}

/** Empties inbox and queue, so that every measurement begins alike; without analyzing, which no shop does while it is empty. */
export async function emptyInbox(admin: postgres.Sql): Promise<void> {
  await admin`truncate webhook_events, webhook_attempts, webhook_event_transitions, graphile_worker._private_jobs cascade`;
}
