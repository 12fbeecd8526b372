import { invalid, refused } from "../api/errors.ts";
import { operation } from "../api/operation.ts";
import { hash, integer, oneOf, required } from "../api/params.ts";
import { inPath } from "../lookups.ts";
import { change, type Unit } from "../unit.ts";
import type { Subscription } from "../wire.ts";
import { creditTheRest, invoicePending } from "./cancel-now.ts";
import { carryOut } from "./carry-out.ts";
import { prorationBehaviors } from "./params.ts";
import { planChange } from "./plan-change.ts";
import { periodEnd, periodStart } from "./shape.ts";
import { pausedFor } from "./trials.ts";
import { keepPeriodEnd } from "./upcoming.ts";

/** The pause of collection that had an end is over: invoices are charged again from here on. */
export function resumeCollection(unit: Unit, id: string): void {
  const subscription = unit.world.subscriptions.get(id);
  if (subscription?.pause_collection)
    change(unit, unit.world.subscriptions, subscription, { pause_collection: null }, "customer.subscription.updated");
}

function mustGoOn({ status }: Subscription): void {
  if (status !== "active" && status !== "trialing" && status !== "past_due")
    throw refused(`A subscription with status ${status} cannot be paused.`);
}

/** Nothing is billed and nothing is given from now on, until the subscription is resumed. */
export function pauseSubscription(unit: Unit, current: Subscription): Subscription {
  mustGoOn(current);
  unit.world.due.drop("subscription.period_end", current.id);
  unit.world.due.drop("subscription.upcoming", current.id);
  return change(
    unit,
    unit.world.subscriptions,
    current,
    pausedFor(unit, "pause_requested"),
    "customer.subscription.paused",
  );
}

/** Pauses until a day on which it goes on by itself. */
export function pauseUntil(unit: Unit, current: Subscription, at: number): Subscription {
  const paused = pauseSubscription(unit, current);
  unit.world.due.put({ kind: "subscription.resume", id: paused.id, at });
  return paused;
}

/** The day on which a paused subscription was to go on has come. */
export function resumeAsPlanned(unit: Unit, id: string): void {
  const current = unit.world.subscriptions.get(id);
  if (current?.status === "paused") resumeSubscription(unit, current, { keepsPeriod: true });
}

/** What a pause settles first: unused time may be credited from an instant on, and what is pending invoiced. */
export interface PauseSettlement {
  creditFrom: number | undefined;
  invoicesNow: boolean;
}

export function pauseAndSettle(unit: Unit, current: Subscription, how: PauseSettlement): Subscription {
  mustGoOn(current);
  if (how.creditFrom !== undefined) creditTheRest(unit, current, how.creditFrom);
  if (how.invoicesNow) invoicePending(unit, current);
  return pauseSubscription(unit, unit.world.subscriptions.get(current.id) ?? current);
}

interface Resuming {
  /** Goes on with the period that was paused when that has not ended, instead of a new one. */
  keepsPeriod: boolean;
  /** Stays paused until the invoice that it brings is paid. */
  onlyPaid?: boolean;
  behavior?: (typeof prorationBehaviors)[number] | undefined;
  at?: number | undefined;
}

/** A paused subscription runs again: with what is left of its period, or with a new one that is billed now. */
export function resumeSubscription(unit: Unit, current: Subscription, how: Resuming): Subscription {
  unit.world.due.drop("subscription.resume", current.id);
  const { status_details: _paused, ...rest } = current;
  const stored = unit.world.subscriptions.replace(rest);
  const resumed = change(unit, unit.world.subscriptions, stored, { status: "active" }, "customer.subscription.resumed");
  if (how.keepsPeriod && periodEnd(resumed) > unit.now) {
    keepPeriodEnd(unit, resumed);
    return resumed;
  }
  const plan = planChange(unit, resumed, {
    anchorNow: true,
    at: how.at ?? unit.now,
    behavior: how.behavior ?? "create_prorations",
    items: [],
    trialEnd: undefined,
  });
  const done = carryOut(unit, resumed, plan, { payment: "allow_incomplete", offSession: true, patch: {} });
  if (!how.onlyPaid || done.status !== "past_due") return done;
  const paused = pausedFor(unit, "pause_requested");
  return change(unit, unit.world.subscriptions, done, paused, "customer.subscription.paused");
}

export const pauseOperations = [
  operation(
    "POST",
    "/v1/subscriptions/:id/pause",
    {
      bill_for: hash({
        outstanding_usage_through: hash({ type: required(oneOf(["none", "now"])) }),
        unused_time_from: hash({ type: required(oneOf(["item_current_period_start", "none", "now"])) }),
      }),
      invoicing_behavior: oneOf(["invoice", "pending_invoice_item"]),
      type: oneOf(["subscription"]),
    },
    ({ unit, ids }, params) => {
      const current = inPath(unit.world.subscriptions, ids[0]);
      const from = params.bill_for?.unused_time_from?.type ?? "none";
      return pauseAndSettle(unit, current, {
        creditFrom: from === "none" ? undefined : from === "now" ? unit.now : periodStart(current),
        invoicesNow: params.invoicing_behavior === "invoice",
      });
    },
  ),
  operation(
    "POST",
    "/v1/subscriptions/:id/resume",
    {
      billing_cycle_anchor: hash({ type: required(oneOf(["now", "unchanged"])) }),
      payment_behavior: oneOf(["resume_on_payment_attempt", "resume_on_payment_success"]),
      proration_behavior: oneOf(prorationBehaviors),
      proration_date: integer(0),
    },
    ({ unit, ids }, params) => {
      const current = inPath(unit.world.subscriptions, ids[0]);
      if (current.status !== "paused")
        throw invalid(`Only a paused subscription can be resumed; this one is ${current.status}.`);
      return resumeSubscription(unit, current, {
        keepsPeriod: params.billing_cycle_anchor?.type === "unchanged",
        onlyPaid: params.payment_behavior === "resume_on_payment_success",
        behavior: params.proration_behavior,
        at: params.proration_date,
      });
    },
  ),
];
