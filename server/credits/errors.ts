import { defineErrors } from "../kernel/errors.ts";

export const creditErrors = defineErrors({
  insufficient: ["credits.insufficient", "conflict", "There are not enough credits for this. Buy more, or use fewer."],
  overBudget: [
    "credits.over_budget",
    "conflict",
    "This is more than is left of this key's budget for the period. Use fewer, wait for the next period, or use another key.",
  ],
  keyReused: [
    "credits.key_reused",
    "conflict",
    "This idempotency key was used for something else. Use a new key for a new request.",
  ],
  grantDiffers: ["credits.grant_differs", "conflict", "Something else was granted with this key."],
  noReservation: ["credits.reservation_not_found", "not_found", "There is no such reservation."],
  noCustomer: ["credits.no_customer", "forbidden", "Only a customer has credits. Act as one."],
  tooFewToTake: [
    "credits.too_few_to_take",
    "conflict",
    "The customer has fewer credits than that to take away. Nothing was taken. Take fewer.",
  ],
  adjustmentDecided: ["credits.adjustment_decided", "conflict", "Somebody has decided this already. Reload the page."],
  reclaimDecided: ["credits.reclaim_decided", "conflict", "Somebody has decided this already. Reload the page."],
  fourEyes: ["credits.four_eyes", "forbidden", "Somebody else has to approve what you asked for."],
  needsAccount: [
    "credits.needs_account",
    "conflict",
    "This customer has no account yet, and credits belong to one. Ask them to sign up with their address first.",
  ],
  overLimit: ["credits.over_limit", "forbidden", "So many credits are beyond the limit of your role."],
  busy: [
    "credits.busy",
    "rate_limited",
    "Too much is happening with these credits at once. Nothing was spent; send the same again.",
  ],
  ended: ["credits.reservation_ended", "conflict", "The reservation has ended in another way already."],
});
