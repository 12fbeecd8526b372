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

/** How much is done in one transaction at most, so that a full day does not keep everybody waiting. */
const portion = 200;

export interface Portion {
  performed: number;
  /** Whether everything that was due is done. */
  complete: boolean;
  /** What could not be simulated and stopped the work before it. */
  blocked: DueEntry | undefined;
}

/** While time passes by itself: does what is due by now, and leaves what cannot be simulated where it is. */
export function performDue(world: World): void {
  const stuck = new Set<string>();
  world.database.unit(() => {
    for (let performed = 0; performed < portion; performed += 1) {
      const next = world.due.upcoming(stuck.size + 1).find((entry) => !stuck.has(`${entry.kind} ${entry.id}`));
      if (!next || next.at > world.clock.seconds()) return;
      if (obstacle(world, next) === undefined) perform(world, next);
      else stuck.add(`${next.kind} ${next.id}`);
    }
  });
}

/**
 * While the clock is being moved: does what is due up to an instant, each thing at its own time, in order.
 * Stops before the first thing that cannot be simulated.
 */
export function performUntil(world: World, until: number): Portion {
  return world.database.unit(() => {
    for (let performed = 0; performed < portion; performed += 1) {
      const next = world.due.first();
      if (!next || next.at * 1000 > until) return { performed, complete: true, blocked: undefined };
      if (obstacle(world, next) !== undefined) return { performed, complete: true, blocked: next };
      world.clock.holdAt(next.at * 1000);
      perform(world, next);
    }
    return { performed: portion, complete: false, blocked: undefined };
  });
}
