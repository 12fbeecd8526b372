import { invalid, notSimulated, refused } from "../api/errors.ts";
import { operation } from "../api/operation.ts";
import { hash, integer, later, oneOf, required } from "../api/params.ts";
import { inPath } from "../lookups.ts";
import { change, type Unit } from "../unit.ts";
import type { Subscription } from "../wire.ts";
import { carryOut } from "./carry-out.ts";
import { prorationBehaviors } from "./params.ts";
import { planChange } from "./plan-change.ts";
import { periodEnd } from "./shape.ts";
import { pausedFor } from "./trials.ts";

/** The pause of collection that had an end is over: invoices are charged again from here on. */
export function resumeCollection(unit: Unit, id: string): void {
  const subscription = unit.world.subscriptions.get(id);
  if (subscription?.pause_collection)
    change(unit, unit.world.subscriptions, subscription, { pause_collection: null }, "customer.subscription.updated");
}

/** Nothing is billed and nothing is given from now on, until the subscription is resumed. */
export function pauseSubscription(unit: Unit, current: Subscription): Subscription {
  if (current.status !== "active" && current.status !== "trialing" && current.status !== "past_due")
    throw refused(`A subscription with status ${current.status} cannot be paused.`);
  unit.world.due.drop("subscription.period_end", current.id);
  return change(
    unit,
    unit.world.subscriptions,
    current,
    pausedFor(unit, "pause_requested"),
    "customer.subscription.paused",
  );
}

interface Resuming {
  /** Goes on with the period that was paused when that has not ended, instead of a new one. */
  keepsPeriod: boolean;
  behavior?: (typeof prorationBehaviors)[number] | undefined;
  at?: number | undefined;
}

/** A paused subscription runs again: with what is left of its period, or with a new one that is billed now. */
export function resumeSubscription(unit: Unit, current: Subscription, how: Resuming): Subscription {
  const { status_details: _paused, ...rest } = current;
  const stored = unit.world.subscriptions.replace(rest);
  const resumed = change(unit, unit.world.subscriptions, stored, { status: "active" }, "customer.subscription.resumed");
  if (how.keepsPeriod && periodEnd(resumed) > unit.now) {
    unit.world.due.put({ kind: "subscription.period_end", id: resumed.id, at: periodEnd(resumed) });
    return resumed;
  }
  const plan = planChange(unit, resumed, {
    anchorNow: true,
    at: how.at ?? unit.now,
    behavior: how.behavior ?? "create_prorations",
    items: [],
    trialEnd: undefined,
  });
  return carryOut(unit, resumed, plan, { payment: "allow_incomplete", offSession: true, patch: {} });
}

export const pauseOperations = [
  operation(
    "POST",
    "/v1/subscriptions/:id/pause",
    { bill_for: later(), invoicing_behavior: later(), type: required(oneOf(["subscription"])) },
    ({ unit, ids }) => pauseSubscription(unit, inPath(unit.world.subscriptions, ids[0])),
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
      if (params.payment_behavior === "resume_on_payment_success")
        throw notSimulated("'payment_behavior=resume_on_payment_success'");
      return resumeSubscription(unit, current, {
        keepsPeriod: params.billing_cycle_anchor?.type === "unchanged",
        behavior: params.proration_behavior,
        at: params.proration_date,
      });
    },
  ),
];
