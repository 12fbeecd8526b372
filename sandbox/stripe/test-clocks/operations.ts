import { newId } from "../../ids.ts";
import { invalid, refused } from "../api/errors.ts";
import { pageOf } from "../api/lists.ts";
import { operation, paging } from "../api/operation.ts";
import { integer, required, text } from "../api/params.ts";
import { inPath } from "../lookups.ts";
import { nextPeriodEnd } from "../subscriptions/periods.ts";
import { change, create, type Unit } from "../unit.ts";
import type { TestClock } from "../wire.ts";
import { deleteTestClock } from "./advance.ts";

const path = "/v1/test_helpers/test_clocks";
const month = 30 * 86_400;
const atMostWithout = 2 * 366 * 86_400;

/** How far a clock may go at once: two intervals of its shortest subscription, or two years when it has none. */
function furthest(unit: Unit, clock: TestClock): number {
  const { world } = unit;
  const ends = world.customers.by("test_clock", clock.id).flatMap((customer) =>
    world.subscriptions
      .by("customer", customer.id)
      .filter((one) => one.status !== "canceled" && one.status !== "incomplete_expired")
      .flatMap((one) =>
        one.items.data.flatMap(({ price: { recurring } }) => {
          if (!recurring) return [];
          const once = nextPeriodEnd(clock.frozen_time, clock.frozen_time, recurring);
          return [nextPeriodEnd(clock.frozen_time, once, recurring)];
        }),
      ),
  );
  return ends.length > 0 ? Math.min(...ends) : clock.frozen_time + atMostWithout;
}

export const testClockOperations = [
  operation("POST", path, { frozen_time: required(integer(0)), name: text(300) }, ({ unit }, params) => {
    const clock: TestClock = {
      id: newId("clock"),
      object: "test_helpers.test_clock",
      created: unit.now,
      deletes_after: unit.now + month,
      frozen_time: params.frozen_time,
      livemode: false,
      name: params.name ?? null,
      status: "ready",
      status_details: {},
    };
    unit.world.due.put({ kind: "test_clock.delete", id: clock.id, at: clock.deletes_after });
    return create(unit, unit.world.testClocks, clock, "test_helpers.test_clock.created");
  }),
  operation("GET", path, paging, ({ unit, url }, params) => pageOf(url, unit.world.testClocks, params)),
  operation("GET", `${path}/:id`, {}, ({ unit, ids }) => inPath(unit.world.testClocks, ids[0])),
  operation("DELETE", `${path}/:id`, {}, ({ unit, ids }) => {
    const clock = inPath(unit.world.testClocks, ids[0]);
    deleteTestClock(unit, clock);
    return { id: clock.id, object: clock.object, deleted: true };
  }),
  operation("POST", `${path}/:id/advance`, { frozen_time: required(integer(0)) }, ({ unit, ids }, params) => {
    const clock = inPath(unit.world.testClocks, ids[0]);
    if (clock.status !== "ready")
      throw refused("You cannot advance a test clock that is not ready.", undefined, "testmode_clock_not_ready");
    const target = params.frozen_time;
    if (target <= clock.frozen_time) throw invalid("A test clock can only be advanced into the future.", "frozen_time");
    if (target > furthest(unit, clock))
      throw invalid(
        "A test clock can be advanced by at most two intervals of its shortest subscription, or two years without one.",
        "frozen_time",
      );
    unit.world.due.put({ kind: "test_clock.advance", id: clock.id, at: unit.world.clock.seconds() });
    return change(
      unit,
      unit.world.testClocks,
      clock,
      { status: "advancing", status_details: { advancing: { target_frozen_time: target } } },
      "test_helpers.test_clock.advancing",
    );
  }),
];
