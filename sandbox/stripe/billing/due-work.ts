import type { DueEntry } from "../../store/due-list.ts";
import { expireSession } from "../checkout/expire.ts";
import { byItself, inUnit } from "../unit.ts";
import type { World } from "../world.ts";
import { collect, endPeriod, renewalObstacle } from "./renew.ts";

const names: Record<DueEntry["kind"], string> = {
  "checkout.expire": "a checkout expires",
  "subscription.period_end": "a subscription's period ends",
  "invoice.finalize": "a renewal is charged",
};

export function describeDue(entry: DueEntry): string {
  return `${names[entry.kind]} (${entry.id})`;
}

/** What stands in the way of letting this happen, in words; undefined when it can be simulated. */
export function obstacle(world: World, entry: DueEntry): string | undefined {
  return entry.kind === "invoice.finalize" ? renewalObstacle(world, entry.id) : undefined;
}

/** Lets one thing happen, as its own unit of work. */
export function perform(world: World, entry: DueEntry): void {
  inUnit(world, byItself, (unit) => {
    world.due.drop(entry.kind, entry.id);
    if (entry.kind === "invoice.finalize") return collect(unit, entry.id);
    if (entry.kind === "subscription.period_end") {
      const subscription = world.subscriptions.get(entry.id);
      if (subscription && subscription.status !== "canceled") endPeriod(unit, subscription);
      return;
    }
    const session = world.sessions.get(entry.id);
    if (session?.status === "open") expireSession(unit, session);
  });
}

/** Does everything that is due by now; returns how much that was. What cannot be simulated stays where it is. */
export function performDue(world: World): number {
  let done = 0;
  const stuck = new Set<string>();
  while (true) {
    const now = world.clock.seconds();
    const ready = world.due
      .upcoming(stuck.size + 50)
      .filter((entry) => entry.at <= now && !stuck.has(`${entry.kind} ${entry.id}`));
    if (ready.length === 0) return done;
    world.database.unit(() => {
      for (const entry of ready) {
        if (obstacle(world, entry) !== undefined) stuck.add(`${entry.kind} ${entry.id}`);
        else {
          perform(world, entry);
          done += 1;
        }
      }
    });
  }
}
