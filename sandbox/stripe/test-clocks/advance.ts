import { deleteCustomer } from "../customers/delete.ts";
import { recordEvent } from "../events/record.ts";
import { byItself, change, inUnit, type Unit } from "../unit.ts";
import type { TestClock } from "../wire.ts";
import type { World } from "../world.ts";

/** Everything that the customers of a clock lived up to, in order, each thing at its own time; then the clock is ready again. */
export function runTestClock(
  unit: Unit,
  id: string,
  perform: (unit: Unit, entry: NonNullable<ReturnType<World["due"]["firstOn"]>>) => void,
): void {
  const { world } = unit;
  const clock = world.testClocks.get(id);
  const target = clock?.status_details.advancing?.target_frozen_time;
  if (!clock || target === undefined) return;
  let now = clock;
  for (let next = world.due.firstOn(id); next && next.at <= target; next = world.due.firstOn(id)) {
    const entry = next;
    now = world.testClocks.replace({ ...now, frozen_time: Math.max(now.frozen_time, entry.at) });
    inUnit(world, byItself, (own) => perform(own, entry), now);
  }
  change(
    unit,
    world.testClocks,
    world.testClocks.get(id) ?? now,
    { frozen_time: target, status: "ready", status_details: {} },
    "test_helpers.test_clock.ready",
  );
}

/** Deletes a clock with its customers, whose subscriptions end. */
export function deleteTestClock(unit: Unit, clock: TestClock): void {
  const { world } = unit;
  for (const customer of world.customers.by("test_clock", clock.id)) deleteCustomer(unit, customer.id);
  world.due.drop("test_clock.delete", clock.id);
  world.testClocks.delete(clock.id);
  recordEvent(unit, "test_helpers.test_clock.deleted", clock);
}
