import type { Price, SubscriptionItem } from "../wire.ts";
import type { World } from "../world.ts";

/** What was used once, as it was reported. */
export interface MeterUse {
  /** The identifier, which the same report never has twice. */
  id: string;
  created: number;
  customer: string;
  meter: string;
  /** When it was used, in unix seconds. */
  timestamp: number;
  value: number;
}

export const isMetered = (price: Price): boolean => price.recurring?.usage_type === "metered";

/** What a meter shows for a customer between two instants, the first one included: a sum, a count, or what was reported last. */
export function aggregated(world: World, meterId: string, customer: string, start: number, end: number): number {
  const uses = world.meterUses
    .by("of", `${meterId} ${customer}`)
    .filter((one) => one.timestamp >= start && one.timestamp < end);
  const formula = world.meters.get(meterId)?.default_aggregation.formula;
  if (formula === "count") return uses.length;
  if (formula === "last") return uses.toSorted((a, b) => a.timestamp - b.timestamp).at(-1)?.value ?? 0;
  return uses.reduce((sum, one) => sum + one.value, 0);
}

/** What was used of an item in its period, up to an instant. */
export function usageOf(world: World, customer: string, item: SubscriptionItem, until: number): number {
  const meter = item.price.recurring?.meter;
  if (!meter) return 0;
  const end = Math.min(item.current_period_end, until);
  return aggregated(world, meter, customer, Math.max(item.current_period_start, 0), end);
}
