import { invalid, notSimulated, refused } from "../api/errors.ts";
import { operation } from "../api/operation.ts";
import { hash, integer, later, oneOf, required } from "../api/params.ts";
import { inPath } from "../lookups.ts";
import { change, type Unit } from "../unit.ts";
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

export const pauseOperations = [
  operation(
    "POST",
    "/v1/subscriptions/:id/pause",
    { bill_for: later(), invoicing_behavior: later(), type: required(oneOf(["subscription"])) },
    ({ unit, ids }) => {
      const current = inPath(unit.world.subscriptions, ids[0]);
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
      if (params.payment_behavior === "resume_on_payment_success")
        throw notSimulated("'payment_behavior=resume_on_payment_success'");
      const { status_details: _paused, ...rest } = current;
      const stored = unit.world.subscriptions.replace(rest);
      const resumed = change(
        unit,
        unit.world.subscriptions,
        stored,
        { status: "active" },
        "customer.subscription.resumed",
      );
      const keeps = params.billing_cycle_anchor?.type === "unchanged" && periodEnd(resumed) > unit.now;
      if (keeps) {
        unit.world.due.put({ kind: "subscription.period_end", id: resumed.id, at: periodEnd(resumed) });
        return resumed;
      }
      const plan = planChange(unit, resumed, {
        anchorNow: true,
        at: params.proration_date ?? unit.now,
        behavior: params.proration_behavior ?? "create_prorations",
        items: [],
        trialEnd: undefined,
      });
      return carryOut(unit, resumed, plan, { payment: "allow_incomplete", offSession: true, patch: {} });
    },
  ),
];
