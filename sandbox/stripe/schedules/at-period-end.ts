import { nextPeriodEnd } from "../subscriptions/periods.ts";
import { change, create, type Unit } from "../unit.ts";
import type { Price, Schedule, Subscription } from "../wire.ts";
import { idOf, type World } from "../world.ts";
import { release, schedulePhase } from "./phases.ts";
import { newSchedule, type Phase, phaseItem, phaseOf } from "./shape.ts";

/** The running schedule behind a subscription. */
function scheduleOf(world: World, subscription: Subscription | undefined): Schedule | undefined {
  const found = world.schedules.get(idOf(subscription?.schedule) ?? "");
  return found?.status === "active" ? found : undefined;
}

/** What a subscription's schedule changes its plan to, and when; undefined when nothing is planned. */
export function plannedChange(
  world: World,
  subscription: Subscription | undefined,
): { price: Price; quantity: number; at: number } | undefined {
  const schedule = scheduleOf(world, subscription);
  const next = schedule?.phases.find((one) => one.start_date >= (schedule.current_phase?.end_date ?? 0));
  const item = next?.items[0];
  const price = world.prices.get(idOf(item?.price) ?? "");
  return next && price ? { price, quantity: item?.quantity ?? 1, at: next.start_date } : undefined;
}

/** Changes the plan when the running period ends: a schedule of that period and the next, which then lets go. */
export function changeAtPeriodEnd(
  unit: Unit,
  subscription: Subscription,
  to: { price: Price; quantity: number },
): Schedule {
  const { world } = unit;
  const running = phaseOf(subscription);
  const next: Phase = {
    ...running,
    end_date: to.price.recurring
      ? nextPeriodEnd(running.end_date, running.end_date, to.price.recurring)
      : running.end_date,
    items: [phaseItem(to.price.id, to.quantity, {}, running.items[0]?.tax_rates ?? [])],
    proration_behavior: "none",
    start_date: running.end_date,
  };
  const known = scheduleOf(world, subscription);
  if (known) {
    const changed = change(unit, world.schedules, known, { phases: [running, next] }, "subscription_schedule.updated");
    schedulePhase(unit, changed.id);
    return changed;
  }
  const made = create(
    unit,
    world.schedules,
    newSchedule(unit, idOf(subscription.customer) ?? "", [running, next], {
      current_phase: { end_date: running.end_date, start_date: running.start_date },
      status: "active",
      subscription: subscription.id,
    }),
    "subscription_schedule.created",
  );
  world.due.put({ kind: "schedule.phase", id: made.id, at: running.end_date });
  change(unit, world.subscriptions, subscription, { schedule: made.id }, "customer.subscription.updated");
  return made;
}

/** The plan stays as it is after all. */
export function forgetPlannedChange(unit: Unit, subscription: Subscription): void {
  const known = scheduleOf(unit.world, subscription);
  if (known) release(unit, known);
}
