import type { SubscriptionStatus } from "./subscription-status.ts";

const MINUTE = 60_000;
/** Stripe finishes a renewal an hour after the period's end; half an hour later we would have heard of it. */
const HEARD_WITHIN = 90 * MINUTE;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/**
 * When a membership is asked about although nobody told us anything: after its period should have been renewed, hourly
 * while that has not happened, daily while it is in trouble. Null: it has ended.
 */
export function nextCheckAt(
  membership: { status: SubscriptionStatus; currentPeriodEndAt: Date | null },
  now: Date,
): Date | null {
  const { status, currentPeriodEndAt } = membership;
  if (status === "canceled" || status === "incomplete_expired") return null;
  if ((status !== "active" && status !== "trialing") || currentPeriodEndAt === null)
    return new Date(now.getTime() + DAY);
  const heardBy = currentPeriodEndAt.getTime() + HEARD_WITHIN;
  return new Date(heardBy > now.getTime() ? heardBy : now.getTime() + HOUR);
}
