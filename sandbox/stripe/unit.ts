import { drawingFrom } from "../ids.ts";
import type { Collection, Stored } from "../store/collection.ts";
import { replacedValues } from "./events/changes.ts";
import { recordEvent } from "./events/record.ts";
import type { TestClock } from "./wire.ts";
import type { World } from "./world.ts";

/** What made something happen: an API call, or the provider itself (a hosted page, the passing of time). */
export interface Cause {
  id: string | null;
  idempotency_key: string | null;
}

export const byItself: Cause = { id: null, idempotency_key: null };

/** One unit of work: the account's objects, the instant it happens at and what caused it. */
export interface Unit {
  world: World;
  /** Unix seconds on the sandbox clock. */
  now: number;
  cause: Cause;
  /** The test clock that it lives on; null for the sandbox's own. */
  testClock: string | null;
  /** The customers of whose subscriptions something was told. */
  spokenOf: Set<string>;
}

/** Runs `work` that only looks: without a transaction, and nothing follows from it. */
export function looking<T>(world: World, cause: Cause, work: (unit: Unit) => T, clock?: TestClock): T {
  const unit = newUnit(world, cause, clock);
  return drawingFrom(world.randomness, unit.now, () => world.due.on(clock?.id, () => work(unit)));
}

function newUnit(world: World, cause: Cause, clock: TestClock | undefined): Unit {
  const now = clock?.frozen_time ?? world.clock.seconds();
  return { world, now, cause, testClock: clock?.id ?? null, spokenOf: new Set() };
}

/** Runs `work` as one transaction, on the sandbox's clock or on a test clock: all its objects, events and deliveries are stored, or none. */
export function inUnit<T>(world: World, cause: Cause, work: (unit: Unit) => T, clock?: TestClock): T {
  const unit = newUnit(world, cause, clock);
  return drawingFrom(world.randomness, unit.now, () =>
    world.database.unit(() => world.due.on(clock?.id, () => followed(unit, work))),
  );
}

/** A piece of work, and what follows from it. */
function followed<T>(unit: Unit, work: (unit: Unit) => T): T {
  const result = work(unit);
  for (const next of unit.world.afterWork) next(unit);
  return result;
}

/** Stores a new object and says so in an event. */
export function create<T extends Stored>(unit: Unit, into: Collection<T>, object: T, eventType?: string): T {
  into.insert(object);
  if (eventType !== undefined) recordEvent(unit, eventType, object);
  return object;
}

/**
 * Stores what an object is now. With an event type the change is announced, with the attributes' earlier values
 * on `*.updated` and on `charge.refunded`; an update that changes nothing announces nothing.
 */
export function change<T extends Stored>(
  unit: Unit,
  within: Collection<T>,
  object: T,
  patch: Partial<T>,
  eventType?: string,
): T {
  const previous = replacedValues(object, patch);
  if (previous === undefined) return object;
  const changed = { ...object, ...patch };
  within.replace(changed, within.isNow(object) ? Object.keys(patch) : undefined);
  if (eventType !== undefined) {
    const tellsPrevious = /[._]updated$/.test(eventType) || eventType === "charge.refunded";
    recordEvent(unit, eventType, changed, tellsPrevious ? previous : undefined);
  }
  return changed;
}
