import { isMetered } from "../meters/usage.ts";
import { cancellationDetails, endSubscription } from "../subscriptions/cancel.ts";
import { createSubscription, type SentStart } from "../subscriptions/create.ts";
import { type SentUpdate, updateSubscription } from "../subscriptions/update.ts";
import { change, type Unit } from "../unit.ts";
import type { Schedule, Subscription } from "../wire.ts";
import { idOf } from "../world.ts";
import type { Phase } from "./shape.ts";

const sentDiscounts = (phase: Phase) =>
  phase.discounts.map(({ coupon, discount }) => ({
    coupon: idOf(coupon) ?? undefined,
    discount: idOf(discount) ?? undefined,
    promotion_code: undefined,
  }));

/** Tax rates as a subscription takes them; a phase that names none leaves them as they are. */
const sentRates = ({ default_tax_rates: rates }: Phase) =>
  rates ? { default_tax_rates: rates.map((rate) => rate.id) } : {};

interface WantedItem {
  price: string;
  quantity?: number;
  tax_rates: string[];
}

/** An item as a subscription takes it; what is metered has no quantity. */
function wantedItem(unit: Unit, item: Phase["items"][number]): WantedItem {
  const id = idOf(item.price) ?? "";
  const price = unit.world.prices.get(id);
  const wanted = { price: id, tax_rates: (item.tax_rates ?? []).map((rate) => rate.id) };
  return price && isMetered(price) ? wanted : { ...wanted, quantity: item.quantity ?? 1 };
}

function start(unit: Unit, schedule: Schedule, phase: Phase): Subscription {
  const { default_settings: usual } = schedule;
  const sent = {
    customer: idOf(schedule.customer) ?? "",
    default_payment_method: idOf(phase.default_payment_method ?? usual.default_payment_method) ?? undefined,
    ...sentRates(phase),
    description: phase.description ?? usual.description ?? undefined,
    discounts: sentDiscounts(phase),
    items: phase.items.map((item) => wantedItem(unit, item)),
    metadata: phase.metadata ?? {},
    off_session: true,
  };
  const made = createSubscription(unit, sent as SentStart, "agreed");
  return change(unit, unit.world.subscriptions, made, { schedule: schedule.id }, "customer.subscription.updated");
}

/** The subscription's items become those of the phase: the same price keeps its item, one item changes its price. */
function move(
  unit: Unit,
  subscription: Subscription,
  phase: Phase,
  { default_settings: usual }: Pick<Schedule, "default_settings">,
): void {
  const anchor = phase.billing_cycle_anchor ?? usual.billing_cycle_anchor;
  const method = phase.default_payment_method ?? usual.default_payment_method;
  const description = phase.description ?? usual.description;
  const before = subscription.items.data;
  const wanted = phase.items.map((item) => wantedItem(unit, item));
  const kept = new Map(before.map((item) => [item.price.id, item.id]));
  const free = before.filter((item) => !wanted.some((one) => one.price === item.price.id)).map((item) => item.id);
  const items: object[] = wanted.map((one) => {
    const id = kept.get(one.price) ?? free.shift();
    return id === undefined ? one : { id, ...one };
  });
  const sent = {
    ...(anchor === "phase_start" ? { billing_cycle_anchor: { type: "now" } } : {}),
    ...(method === null ? {} : { default_payment_method: idOf(method) }),
    ...sentRates(phase),
    ...(description === null ? {} : { description }),
    ...(phase.discounts.length === 0 ? {} : { discounts: sentDiscounts(phase) }),
    items: [...items, ...free.map((id) => ({ id, deleted: true }))],
    metadata: phase.metadata ?? {},
    off_session: true,
    proration_behavior: phase.proration_behavior,
  };
  updateSubscription(unit, subscription.id, sent as unknown as SentUpdate, "agreed");
}

/** Goes to the phase that runs now, or past the last one: then the subscription is let go, or ends. */
export function schedulePhase(unit: Unit, id: string): void {
  const { world } = unit;
  const schedule = world.schedules.get(id);
  if (!schedule || (schedule.status !== "active" && schedule.status !== "not_started")) return;
  const phase = schedule.phases.find((one) => one.start_date <= unit.now && one.end_date > unit.now);
  const known = world.subscriptions.get(idOf(schedule.subscription) ?? "");
  if (!phase) {
    const next = schedule.phases.find((one) => one.start_date > unit.now);
    if (next) world.due.put({ kind: "schedule.phase", id, at: next.start_date });
    else finish(unit, schedule, known);
    return;
  }
  world.due.put({ kind: "schedule.phase", id, at: phase.end_date });
  if (schedule.current_phase?.start_date === phase.start_date) return;
  const began = {
    current_phase: { end_date: phase.end_date, start_date: phase.start_date },
    status: "active" as const,
  };
  if (known) {
    const running = change(unit, world.schedules, schedule, began, "subscription_schedule.updated");
    if (known.status !== "canceled") move(unit, known, phase, running);
    else release(unit, running);
    return;
  }
  const made = start(unit, schedule, phase);
  change(unit, world.schedules, schedule, { ...began, subscription: made.id }, "subscription_schedule.updated");
}

function finish(unit: Unit, schedule: Schedule, subscription: Subscription | undefined): void {
  unit.world.due.drop("schedule.pause", schedule.id);
  if (schedule.end_behavior !== "cancel") {
    release(unit, schedule);
    return;
  }
  if (subscription && subscription.status !== "canceled")
    endSubscription(unit, subscription, cancellationDetails(subscription, undefined, true));
  const done = { completed_at: unit.now, current_phase: null, status: "completed" as const };
  change(unit, unit.world.schedules, schedule, done, "subscription_schedule.completed");
}

/** Lets the subscription go on by itself, as it is. */
export function release(unit: Unit, schedule: Schedule): Schedule {
  const { world } = unit;
  world.due.drop("schedule.phase", schedule.id);
  world.due.drop("schedule.pause", schedule.id);
  const subscription = world.subscriptions.get(idOf(schedule.subscription) ?? "");
  if (subscription)
    change(unit, world.subscriptions, subscription, { schedule: null }, "customer.subscription.updated");
  return change(
    unit,
    world.schedules,
    schedule,
    {
      current_phase: null,
      released_at: unit.now,
      released_subscription: subscription?.id ?? null,
      status: "released",
      subscription: null,
    },
    "subscription_schedule.released",
  );
}
