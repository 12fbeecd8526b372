import { invalid, refused } from "../api/errors.ts";
import { operation } from "../api/operation.ts";
import { hash, integer, oneOf, required } from "../api/params.ts";
import { inPath } from "../lookups.ts";
import { change, type Unit } from "../unit.ts";
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
      if (current.status !== "active" && current.status !== "trialing" && current.status !== "past_due")
        throw refused(`A subscription with status ${current.status} cannot be paused.`);
      unit.world.due.drop("subscription.period_end", current.id);
      unit.world.due.drop("subscription.upcoming", current.id);
      const from = params.bill_for?.unused_time_from?.type ?? "none";
      if (from !== "none") creditTheRest(unit, current, from === "now" ? unit.now : periodStart(current));
      if (params.invoicing_behavior === "invoice") invoicePending(unit, current);
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
        keepPeriodEnd(unit, resumed);
        return resumed;
      }
      const plan = planChange(unit, resumed, {
        anchorNow: true,
        at: params.proration_date ?? unit.now,
        behavior: params.proration_behavior ?? "create_prorations",
        items: [],
        trialEnd: undefined,
      });
      const done = carryOut(unit, resumed, plan, { payment: "allow_incomplete", offSession: true, patch: {} });
      const waits = params.payment_behavior === "resume_on_payment_success" && done.status === "past_due";
      // It goes on only when its invoice is paid.
      return waits
        ? change(
            unit,
            unit.world.subscriptions,
            done,
            { ...pausedFor(unit, "pause_requested") },
            "customer.subscription.paused",
          )
        : done;
    },
  ),
];
