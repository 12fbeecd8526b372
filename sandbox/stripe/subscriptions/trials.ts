import { recordEvent } from "../events/record.ts";
import { parentOf } from "../invoices/build.ts";
import { cardFor } from "../invoices/collect.ts";
import { change, type Unit } from "../unit.ts";
import type { Subscription } from "../wire.ts";
import { cancellationDetails, endSubscription } from "./cancel.ts";

const warningSeconds = 3 * 86_400;

export function isTrialing(subscription: Subscription): boolean {
  return subscription.status === "trialing";
}

/** Three days before a trial ends that is announced; at once when it is shorter. */
export function announceTrialEnd(unit: Unit, subscription: Subscription): void {
  if (subscription.trial_end === null) return;
  const at = subscription.trial_end - warningSeconds;
  if (at > unit.now) unit.world.due.put({ kind: "subscription.trial_will_end", id: subscription.id, at });
  else recordEvent(unit, "customer.subscription.trial_will_end", subscription);
}

export function trialWillEnd(unit: Unit, id: string): void {
  const subscription = unit.world.subscriptions.get(id);
  if (subscription && isTrialing(subscription)) recordEvent(unit, "customer.subscription.trial_will_end", subscription);
}

export function pausedFor(
  unit: Unit,
  type: NonNullable<Subscription["status_details"]>["paused"]["subscription"]["type"],
): Pick<Subscription, "status" | "status_details"> {
  return {
    status: "paused",
    status_details: { paused: { subscription: { type }, transitioned_at: unit.now, type: "subscription" } },
  };
}

/**
 * The trial is over: the status the subscription goes on with, or nothing when it does not, because no card is there
 * and it was to end or to pause then.
 */
export function endTrial(unit: Unit, subscription: Subscription): Subscription["status"] | undefined {
  const card = cardFor(unit.world, {
    customer: subscription.customer,
    parent: parentOf(subscription),
    default_payment_method: null,
  });
  const without = subscription.trial_settings?.end_behavior.missing_payment_method ?? "create_invoice";
  if (card || without === "create_invoice") return "active";
  if (without === "cancel") endSubscription(unit, subscription, cancellationDetails(subscription, undefined, false));
  else
    change(
      unit,
      unit.world.subscriptions,
      subscription,
      pausedFor(unit, "trial_end_without_payment_method"),
      "customer.subscription.paused",
    );
  return undefined;
}
