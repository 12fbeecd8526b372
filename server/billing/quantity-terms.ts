import type { Tx } from "../kernel/db.ts";
import { isAllowed, type Membership, readChangeFacts, subscriptionErrors } from "../subscriptions/index.ts";
import { campaignEndOf } from "./campaign-end.ts";

/** What so many would be: what is charged for, from when, and what it costs per period in minor units. */
export type QuantityTerms = {
  readonly kind: "seats" | "units";
  readonly quantity: number;
  readonly quantityBefore: number;
  /** Of seats: how many there are then and now beside those that the plan holds; of units none. */
  readonly extraSeats: number;
  readonly extraBefore: number;
  readonly includedSeats: number;
  /** What each costs per period, of seats each beside the plan's; and all of it. */
  readonly eachAmount: number;
  readonly amount: number;
  readonly timing: "now" | "period_end";
};

export type QuantityAnswer = { readonly membership: Membership; readonly terms: QuantityTerms };

/** More come now, fewer when the paid period is over; in a trial, which nothing was paid for, both come now. */
export function quantityTiming({ status }: Membership, fewer: boolean): QuantityTerms["timing"] {
  return fewer && status !== "trialing" ? "period_end" : "now";
}

/**
 * Whether another number may be asked for as things stand. Throws `subscriptions.change_in_progress`,
 * `subscriptions.change_booked`, `subscriptions.campaign_end_booked`, `subscriptions.free_time_runs`,
 * `subscriptions.change_not_allowed`.
 */
export async function requireCountable(
  tx: Tx,
  membership: Membership,
  wish: Pick<QuantityTerms, "kind" | "timing">,
): Promise<void> {
  const { id, status } = membership;
  const { facts } = await readChangeFacts(tx, id);
  if (facts.inFlight) throw subscriptionErrors.changeInProgress();
  const { kind, timing } = wish;
  if (facts.freeUntil) throw subscriptionErrors.freeTimeRuns({ endsAt: facts.freeUntil.toISOString() });
  if (isAllowed({ kind, timing, byStaff: false }, facts)) return;
  const other = facts.scheduledKind === "plan" || facts.scheduledKind === "version";
  const ends = facts.campaignEnds && kind === "units" ? await campaignEndOf(tx, membership) : null;
  if (ends) throw subscriptionErrors.campaignEndBooked({ endsAt: ends.at.toISOString() });
  if (other) throw subscriptionErrors.changeBooked({ wanted: kind });
  throw subscriptionErrors.changeNotAllowed({ status, wanted: kind });
}
