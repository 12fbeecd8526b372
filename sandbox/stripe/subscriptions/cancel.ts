import { change, type Unit } from "../unit.ts";
import type { Subscription } from "../wire.ts";

type Details = NonNullable<Subscription["cancellation_details"]>;

export interface CancellationWords {
  comment?: string | null | undefined;
  feedback?: Details["feedback"] | undefined;
}

/** Why it ends: what was said, and that it was asked for. */
export function cancellationDetails(
  current: Subscription,
  words: CancellationWords | undefined,
  requested: boolean,
): Details {
  const before = current.cancellation_details;
  return {
    comment: words?.comment === undefined ? (before?.comment ?? null) : words.comment,
    feedback: words?.feedback === undefined ? (before?.feedback ?? null) : words.feedback,
    feedback_option: before?.feedback_option ?? null,
    reason: requested ? "cancellation_requested" : null,
  };
}

/**
 * Ends a subscription: at once, which clears what was planned, or because the period it was to end with is over.
 * Its unpaid invoices stay as they are and are no longer collected.
 */
export function endSubscription(
  unit: Unit,
  current: Subscription,
  details: Details,
  when: "now" | "period_end" = "now",
): Subscription {
  const { world } = unit;
  const ended = change(
    unit,
    world.subscriptions,
    current,
    {
      ...(when === "now" ? { cancel_at: null, cancel_at_period_end: false } : {}),
      canceled_at: current.canceled_at ?? unit.now,
      cancellation_details: details,
      ended_at: unit.now,
      status: "canceled",
    },
    "customer.subscription.deleted",
  );
  for (const kind of dueOfSubscriptions) world.due.drop(kind, ended.id);
  for (const invoice of world.invoices.by("subscription", ended.id)) {
    if (invoice.status !== "draft" && invoice.status !== "open") continue;
    const stopped = { auto_advance: false, automatically_finalizes_at: null, next_payment_attempt: null };
    change(unit, world.invoices, invoice, stopped, "invoice.updated");
    world.due.drop("invoice.finalize", invoice.id);
    world.due.drop("invoice.retry", invoice.id);
  }
  return ended;
}

const dueOfSubscriptions = [
  "subscription.period_end",
  "subscription.upcoming",
  "subscription.trial_will_end",
  "subscription.cancel",
  "subscription.incomplete_expire",
  "subscription.pending_update_expire",
  "subscription.resume_collection",
  "subscription.resume",
] as const;

/** The day that a subscription was to end on has come. */
export function cancelAsPlanned(unit: Unit, id: string): void {
  const current = unit.world.subscriptions.get(id);
  if (!current || current.status === "canceled" || current.cancel_at === null) return;
  const details = current.cancellation_details ?? cancellationDetails(current, undefined, true);
  endSubscription(unit, current, details, "period_end");
}
