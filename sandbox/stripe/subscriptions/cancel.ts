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
  world.due.drop("subscription.period_end", ended.id);
  for (const invoice of world.invoices.by("subscription", ended.id)) {
    if (invoice.status !== "draft" && invoice.status !== "open") continue;
    change(unit, world.invoices, invoice, { auto_advance: false, automatically_finalizes_at: null }, "invoice.updated");
    world.due.drop("invoice.finalize", invoice.id);
  }
  return ended;
}
