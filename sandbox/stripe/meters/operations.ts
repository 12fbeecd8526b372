import { newId } from "../../ids.ts";
import { invalid, refused } from "../api/errors.ts";
import { pageOf } from "../api/lists.ts";
import { operation, paging } from "../api/operation.ts";
import { hash, integer, oneOf, required, text } from "../api/params.ts";
import { inParam, inPath } from "../lookups.ts";
import { change, create, type Unit } from "../unit.ts";
import type { Meter } from "../wire.ts";
import { reportUse, textTable, withdrawUse } from "./report.ts";
import { aggregated } from "./usage.ts";

const path = "/v1/billing/meters";
const day = 86_400;

function setStatus(unit: Unit, id: string | undefined, status: "active" | "inactive"): Meter {
  const current = inPath(unit.world.meters, id);
  if (current.status === status) throw refused(`This meter is already ${status}.`);
  const off = status === "inactive";
  if (!off && unit.world.meters.by("event_name", current.event_name).some((one) => one.status === "active"))
    throw refused(`An active meter already exists with event name ${current.event_name}.`, "event_name");
  return change(
    unit,
    unit.world.meters,
    current,
    { status, status_transitions: { deactivated_at: off ? unit.now : null }, updated: unit.now },
    off ? "billing.meter.deactivated" : "billing.meter.reactivated",
  );
}

/** The spans that a summary is told for: the whole, or every hour or day of it. */
function spans(start: number, end: number, window: "day" | "hour" | undefined): [number, number][] {
  if (window === undefined) return [[start, end]];
  const step = window === "day" ? day : 3_600;
  const count = Math.max(0, Math.ceil((end - start) / step));
  return Array.from({ length: count }, (_, index): [number, number] => [
    start + index * step,
    Math.min(end, start + (index + 1) * step),
  ]).reverse();
}

/** Meters, and what was used by them. What is reported counts at once. */
export const meterOperations = [
  operation(
    "POST",
    path,
    {
      customer_mapping: hash({ event_payload_key: required(text(100)), type: required(oneOf(["by_id"])) }),
      default_aggregation: required(hash({ formula: required(oneOf(["count", "last", "sum"])) })),
      display_name: required(text(250)),
      event_name: required(text(100)),
      event_time_window: oneOf(["day", "hour"]),
      value_settings: hash({ event_payload_key: required(text(100)) }),
    },
    ({ unit }, params) => {
      const { world } = unit;
      if (world.meters.by("event_name", params.event_name).some((one) => one.status === "active"))
        throw invalid(`An active meter already exists with event name ${params.event_name}.`, "event_name");
      return create(
        unit,
        world.meters,
        {
          id: newId("mtr_test"),
          object: "billing.meter",
          created: unit.now,
          customer_mapping: params.customer_mapping ?? { event_payload_key: "stripe_customer_id", type: "by_id" },
          default_aggregation: params.default_aggregation,
          display_name: params.display_name,
          event_name: params.event_name,
          event_time_window: params.event_time_window ?? null,
          livemode: false,
          status: "active",
          status_transitions: { deactivated_at: null },
          updated: unit.now,
          value_settings: params.value_settings ?? { event_payload_key: "value" },
        },
        "billing.meter.created",
      );
    },
  ),
  operation("GET", path, { ...paging, status: oneOf(["active", "inactive"]) }, ({ unit, url }, by) =>
    pageOf(url, unit.world.meters, by, { matches: (one) => by.status === undefined || one.status === by.status }),
  ),
  operation("GET", `${path}/:id`, {}, ({ unit, ids }) => inPath(unit.world.meters, ids[0])),
  operation("POST", `${path}/:id`, { display_name: text(250) }, ({ unit, ids }, params) => {
    const current = inPath(unit.world.meters, ids[0]);
    if (params.display_name === undefined) return current;
    const patch = { display_name: params.display_name, updated: unit.now };
    return change(unit, unit.world.meters, current, patch, "billing.meter.updated");
  }),
  operation("POST", `${path}/:id/deactivate`, {}, ({ unit, ids }) => setStatus(unit, ids[0], "inactive")),
  operation("POST", `${path}/:id/reactivate`, {}, ({ unit, ids }) => setStatus(unit, ids[0], "active")),
  operation(
    "GET",
    `${path}/:id/event_summaries`,
    {
      ...paging,
      customer: required(text()),
      end_time: required(integer(0)),
      start_time: required(integer(0)),
      value_grouping_window: oneOf(["day", "hour"]),
    },
    ({ unit, ids, url }, by) => {
      const meter = inPath(unit.world.meters, ids[0]);
      const customer = inParam(unit.world.customers, by.customer, "customer").id;
      if (by.start_time % 60 !== 0 || by.end_time % 60 !== 0)
        throw invalid("`start_time` and `end_time` must be aligned with minute boundaries.", "start_time");
      if (by.end_time <= by.start_time) throw invalid("`end_time` must be after `start_time`.", "end_time");
      const all = spans(by.start_time, by.end_time, by.value_grouping_window).flatMap(([start, end]) => {
        const value = aggregated(unit.world, meter.id, customer, start, end);
        if (value === 0 && by.value_grouping_window !== undefined) return [];
        return [
          {
            // The same span is the same summary, whenever it is asked for.
            id: `mtrusg_test_${meter.id.slice(-8)}${customer.slice(-6)}${start.toString(36)}${end.toString(36)}`,
            object: "billing.meter_event_summary",
            aggregated_value: value,
            end_time: end,
            livemode: false,
            meter: meter.id,
            start_time: start,
          },
        ];
      });
      const after = all.findIndex((one) => one.id === by.starting_after);
      const begin = by.starting_after === undefined ? 0 : after + 1;
      const limit = by.limit ?? 10;
      return { object: "list", data: all.slice(begin, begin + limit), has_more: all.length > begin + limit, url };
    },
  ),
  operation(
    "POST",
    "/v1/billing/meter_events",
    {
      event_name: required(text(100)),
      identifier: text(100),
      payload: required(textTable),
      timestamp: integer(0),
    },
    ({ unit }, params) => reportUse(unit, params),
  ),
  operation(
    "POST",
    "/v1/billing/meter_event_adjustments",
    {
      cancel: hash({ identifier: text(100) }),
      event_name: required(text(100)),
      type: required(oneOf(["cancel"])),
    },
    ({ unit }, params) => withdrawUse(unit, params.event_name, params.cancel?.identifier),
  ),
];
