import { invalid } from "../api/errors.ts";
import { hash, integer, later, oneOf, required, text } from "../api/params.ts";
import { inParam } from "../lookups.ts";
import type { Unit } from "../unit.ts";
import type { Price } from "../wire.ts";
import { recurring } from "./shape.ts";

export const intervals = ["day", "month", "week", "year"] as const;

export const recurringParams = hash({
  interval: required(oneOf(intervals)),
  interval_count: integer(1, 365),
  meter: text(),
  trial_period_days: later(),
  usage_type: oneOf(["licensed", "metered"]),
});

/** How a price renews; what is metered names its meter. */
export function recurringOf(
  unit: Unit,
  sent: NonNullable<ReturnType<typeof recurringParams.read>>,
): Price["recurring"] {
  const plain = recurring(sent.interval, sent.interval_count ?? 1);
  if (sent.usage_type !== "metered") {
    if (sent.meter === undefined) return plain;
    throw invalid("`recurring[meter]` can only be set when `usage_type` is `metered`.", "recurring[meter]");
  }
  if (sent.meter === undefined)
    throw invalid("Missing required param: recurring[meter].", "recurring[meter]", "parameter_missing");
  const meter = inParam(unit.world.meters, sent.meter, "recurring[meter]");
  if (meter.status !== "active") throw invalid(`The meter \`${meter.id}\` is inactive.`, "recurring[meter]");
  return { ...plain, meter: meter.id, usage_type: "metered" };
}
