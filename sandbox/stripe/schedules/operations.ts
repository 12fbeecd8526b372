import { invalid, refused } from "../api/errors.ts";
import { pageOf, sent } from "../api/lists.ts";
import { mergeMetadata } from "../api/metadata.ts";
import { operation, paging } from "../api/operation.ts";
import { flag, later, range, text, type Values } from "../api/params.ts";
import { inParam, inPath } from "../lookups.ts";
import { cancelNow } from "../subscriptions/cancel-now.ts";
import { change, create, type Unit } from "../unit.ts";
import type { Schedule } from "../wire.ts";
import { idOf } from "../world.ts";
import { createParams, updateParams } from "./params.ts";
import { readPauses, schedulePauses } from "./pauses.ts";
import { release, schedulePhase } from "./phases.ts";
import { newSchedule, phaseOf, readPhases, settingsOf } from "./shape.ts";

const path = "/v1/subscription_schedules";

function createSchedule(unit: Unit, params: Values<typeof createParams>): Schedule {
  const { world } = unit;
  const given = { end_behavior: params.end_behavior ?? "release", metadata: mergeMetadata({}, params.metadata) };
  if (params.from_subscription !== undefined) {
    if (params.phases || params.customer || params.start_date !== undefined)
      throw invalid("`from_subscription` can only be combined with `metadata`.", "from_subscription");
    const subscription = inParam(world.subscriptions, params.from_subscription, "from_subscription");
    if (subscription.schedule !== null)
      throw refused(`The subscription is already attached to a schedule: ${idOf(subscription.schedule)}.`);
    if (subscription.status === "canceled" || subscription.status === "incomplete_expired")
      throw refused("A subscription that has ended cannot be attached to a schedule.", "from_subscription");
    const phase = phaseOf(subscription);
    const schedule = newSchedule(unit, idOf(subscription.customer) ?? "", [phase], {
      ...given,
      current_phase: { end_date: phase.end_date, start_date: phase.start_date },
      status: "active",
      subscription: subscription.id,
    });
    world.due.put({ kind: "schedule.phase", id: schedule.id, at: phase.end_date });
    const made = create(unit, world.schedules, schedule, "subscription_schedule.created");
    change(unit, world.subscriptions, subscription, { schedule: made.id }, "customer.subscription.updated");
    return made;
  }
  if (params.customer === undefined)
    throw invalid("Missing required param: customer.", "customer", "parameter_missing");
  const customer = inParam(world.customers, params.customer, "customer");
  const start = params.start_date === undefined || params.start_date === "now" ? unit.now : params.start_date;
  const phases = readPhases(unit, params.phases ?? [], start);
  const made = create(
    unit,
    world.schedules,
    newSchedule(unit, customer.id, phases, {
      ...given,
      default_settings: settingsOf(unit, customer.id, params.default_settings),
      pause_schedules: readPauses(unit, params.pause_schedules ?? []),
    }),
    "subscription_schedule.created",
  );
  schedulePhase(unit, made.id);
  schedulePauses(unit, made.id);
  return world.schedules.get(made.id) ?? made;
}

function mustRun(schedule: Schedule, what: string): void {
  if (schedule.status !== "active" && schedule.status !== "not_started")
    throw refused(`You cannot ${what} a subscription schedule that is currently in the \`${schedule.status}\` status.`);
}

function updateSchedule(unit: Unit, current: Schedule, params: Values<typeof updateParams>): Schedule {
  mustRun(current, "update");
  const start = current.phases[0]?.start_date ?? unit.now;
  const phases = params.phases ? readPhases(unit, params.phases, start, current.phases) : current.phases;
  const running = current.current_phase && phases.find((one) => one.start_date === current.current_phase?.start_date);
  if (current.current_phase && !running)
    throw invalid("The current phase must be among the phases, with its start unchanged.", "phases");
  const updated = change(
    unit,
    unit.world.schedules,
    current,
    {
      current_phase: running ? { end_date: running.end_date, start_date: running.start_date } : current.current_phase,
      end_behavior: params.end_behavior ?? current.end_behavior,
      default_settings: settingsOf(
        unit,
        idOf(current.customer) ?? "",
        params.default_settings,
        current.default_settings,
      ),
      metadata: mergeMetadata(current.metadata ?? {}, params.metadata),
      pause_schedules: params.pause_schedules
        ? readPauses(unit, params.pause_schedules, current.pause_schedules)
        : current.pause_schedules,
      phases,
    },
    "subscription_schedule.updated",
  );
  schedulePhase(unit, updated.id);
  schedulePauses(unit, updated.id);
  return unit.world.schedules.get(updated.id) ?? updated;
}

export const scheduleOperations = [
  operation("POST", path, createParams, ({ unit }, params) => createSchedule(unit, params)),
  operation(
    "GET",
    path,
    {
      ...paging,
      canceled_at: later(),
      completed_at: later(),
      created: range(),
      customer: text(),
      customer_account: later(),
      released_at: later(),
      scheduled: flag(),
    },
    ({ unit, url }, params) =>
      pageOf(url, unit.world.schedules, params, {
        where: sent({ customer: params.customer }),
        created: params.created ?? {},
        matches: (one) => params.scheduled === undefined || (one.status === "not_started") === params.scheduled,
      }),
  ),
  operation("GET", `${path}/:id`, {}, ({ unit, ids }) => inPath(unit.world.schedules, ids[0])),
  operation("POST", `${path}/:id`, updateParams, ({ unit, ids }, params) =>
    updateSchedule(unit, inPath(unit.world.schedules, ids[0]), params),
  ),
  operation("POST", `${path}/:id/cancel`, { invoice_now: flag(), prorate: flag() }, ({ unit, ids }, params) => {
    const current = inPath(unit.world.schedules, ids[0]);
    mustRun(current, "cancel");
    const { world } = unit;
    world.due.drop("schedule.phase", current.id);
    world.due.drop("schedule.pause", current.id);
    const subscription = world.subscriptions.get(idOf(current.subscription) ?? "");
    if (subscription && subscription.status !== "canceled")
      cancelNow(unit, subscription, {
        words: undefined,
        invoiceNow: params.invoice_now ?? true,
        prorate: params.prorate ?? true,
      });
    const ended = { canceled_at: unit.now, current_phase: null, status: "canceled" as const };
    return change(unit, world.schedules, current, ended, "subscription_schedule.canceled");
  }),
  operation("POST", `${path}/:id/release`, { preserve_cancel_date: flag() }, ({ unit, ids }, params) => {
    const current = inPath(unit.world.schedules, ids[0]);
    mustRun(current, "release");
    const subscription = unit.world.subscriptions.get(idOf(current.subscription) ?? "");
    const last = current.phases.at(-1)?.end_date;
    const released = release(unit, current);
    const now = subscription && unit.world.subscriptions.get(subscription.id);
    if (params.preserve_cancel_date && current.end_behavior === "cancel" && now && last !== undefined) {
      unit.world.due.put({ kind: "subscription.cancel", id: now.id, at: last });
      change(unit, unit.world.subscriptions, now, { cancel_at: last }, "customer.subscription.updated");
    }
    return released;
  }),
];
