import { defineErrors } from "../kernel/errors.ts";

export const subscriptionErrors = defineErrors({
  notFound: ["subscriptions.not_found", "not_found", "There is no such membership."],
  changeInProgress: [
    "subscriptions.change_in_progress",
    "conflict",
    "A change of this membership is under way. Wait until it is done, then look again.",
  ],
  changeNotAllowed: [
    "subscriptions.change_not_allowed",
    "conflict",
    "The membership cannot be changed like this as it stands now. Look at it again.",
  ],
  changeBooked: [
    "subscriptions.change_booked",
    "conflict",
    "Another price is booked for this membership. Give free time or money off once it has come, or take the booking back first.",
  ],
  changeCarried: [
    "subscriptions.change_carried",
    "conflict",
    "Something of the last change comes with the next invoice. Ask for this once that is paid.",
  ],
  timingNotAllowed: [
    "subscriptions.timing_not_allowed",
    "invalid",
    "The change cannot be made in that way. Choose one of the ways that are shown.",
  ],
  refundChanged: [
    "subscriptions.refund_changed",
    "conflict",
    "What can be paid back is another sum by now. Look at it again.",
  ],
  quoteExpired: [
    "subscriptions.quote_expired",
    "conflict",
    "The price went out of date. Nothing was charged. Look at the new price and confirm it.",
  ],
  samePlan: ["subscriptions.same_plan", "conflict", "The membership is that one already."],
  notForChange: ["subscriptions.not_for_change", "invalid", "There is no such membership to change to."],
  endMoved: ["subscriptions.end_moved", "conflict", "The period ends on another day by now. Look at it again."],
  discountOfNothing: [
    "subscriptions.discount_of_nothing",
    "conflict",
    "No charge falls into those months. Choose more months.",
  ],
  nothingDue: ["subscriptions.nothing_due", "conflict", "Nothing is unpaid."],
});
