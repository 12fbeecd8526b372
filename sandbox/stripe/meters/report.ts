import { newId } from "../../ids.ts";
import { invalid } from "../api/errors.ts";
import type { Field } from "../api/params.ts";
import { inParam } from "../lookups.ts";
import type { Unit } from "../unit.ts";
import type { Meter } from "../wire.ts";

const [oldest, newest] = [35 * 86_400, 5 * 60];
/** How long an identifier is known, and how long a report can be withdrawn. */
const day = 86_400;

/** Free keys with texts. */
export const textTable: Field<Record<string, string> | undefined> = {
  read(raw, at) {
    if (raw === undefined) return undefined;
    if (typeof raw === "string") throw invalid("Invalid object", at);
    return Object.fromEntries(
      Object.entries(raw).map(([key, value]) => {
        if (typeof value !== "string") throw invalid("Invalid string: {}", `${at}[${key}]`);
        return [key, value];
      }),
    );
  },
};

export interface Report {
  event_name: string;
  identifier?: string | undefined;
  payload: Record<string, string>;
  timestamp?: number | undefined;
}

function meterFor(unit: Unit, name: string): Meter {
  const found = unit.world.meters.by("event_name", name).find((one) => one.status === "active");
  if (found) return found;
  throw invalid(`No active meter found for event name: ${name}`, "event_name", "resource_missing");
}

function valueIn(meter: Meter, payload: Report["payload"]): number {
  if (meter.default_aggregation.formula === "count") return 1;
  const key = meter.value_settings.event_payload_key;
  const written = payload[key];
  const at = `payload[${key}]`;
  if (written === undefined) throw invalid(`The payload must contain the key \`${key}\`.`, at, "parameter_missing");
  const value = Number(written);
  if (written.trim() === "" || !Number.isFinite(value))
    throw invalid(`The payload's value for \`${key}\` must be a number: ${written}`, at);
  return value;
}

/** Somebody used something: it counts for the period in which its timestamp lies. The same identifier counts once. */
export function reportUse(unit: Unit, sent: Report): object {
  const { world } = unit;
  const meter = meterFor(unit, sent.event_name);
  const key = meter.customer_mapping.event_payload_key;
  const named = sent.payload[key];
  if (named === undefined)
    throw invalid(`The payload must contain the key \`${key}\`.`, `payload[${key}]`, "parameter_missing");
  const customer = inParam(world.customers, named, `payload[${key}]`);
  const value = valueIn(meter, sent.payload);
  const timestamp = sent.timestamp ?? unit.now;
  if (timestamp < unit.now - oldest || timestamp > unit.now + newest)
    throw invalid(
      "The timestamp must be within the past 35 calendar days and no more than 5 minutes in the future.",
      "timestamp",
      "timestamp_invalid",
    );
  const identifier = sent.identifier ?? newId("mtr_event");
  const known = world.meterUses.get(`${meter.id} ${identifier}`);
  if (known && known.created > unit.now - day)
    throw invalid(`An event already exists with identifier ${identifier}.`, "identifier", "resource_already_exists");
  world.meterUses.insert({
    id: known ? `${meter.id} ${identifier} ${unit.now}` : `${meter.id} ${identifier}`,
    created: unit.now,
    customer: customer.id,
    meter: meter.id,
    timestamp,
    value,
  });
  return {
    object: "billing.meter_event",
    created: unit.now,
    event_name: sent.event_name,
    identifier,
    livemode: false,
    payload: sent.payload,
    timestamp,
  };
}

/** Takes a report back, within a day after it was made. */
export function withdrawUse(unit: Unit, eventName: string, identifier: string | undefined): object {
  const meter = meterFor(unit, eventName);
  if (identifier === undefined)
    throw invalid("Missing required param: cancel[identifier].", "cancel[identifier]", "parameter_missing");
  const use = unit.world.meterUses.get(`${meter.id} ${identifier}`);
  if (!use || use.created < unit.now - day)
    throw invalid(
      `No event of the last 24 hours has the identifier ${identifier}.`,
      "cancel[identifier]",
      "resource_missing",
    );
  unit.world.meterUses.delete(use.id);
  return {
    object: "billing.meter_event_adjustment",
    cancel: { identifier },
    event_name: eventName,
    livemode: false,
    status: "complete",
    type: "cancel",
  };
}
