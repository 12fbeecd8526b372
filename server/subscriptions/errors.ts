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
    "Another price, or fewer of what is paid for, is booked for this membership. Ask for this once it has come, or take the booking back first.",
  ],
  freeTimeRuns: [
    "subscriptions.free_time_runs",
    "conflict",
    "This membership is free until `endsAt`. Ask for another one, or for another number of it, after that.",
  ],
  campaignEndBooked: [
    "subscriptions.campaign_end_booked",
    "conflict",
    "The campaign's price of this membership ends at `endsAt`. Ask for fewer of it after that.",
  ],
  noSeatsSold: [
    "subscriptions.no_seats_sold",
    "conflict",
    "No seats can be bought beside this plan as it is paid now. Change to a plan or price that sells them.",
  ],
  seatsNeedCompany: [
    "subscriptions.seats_need_company",
    "invalid",
    "A personal organization is one person's, and nobody else can have a seat in it. Found a company to have others in it.",
  ],
  seatsOutOfRange: [
    "subscriptions.seats_out_of_range",
    "invalid",
    "So many seats cannot be had. Choose a number from those that the plan holds up to the most.",
  ],
  sameSeats: ["subscriptions.same_seats", "conflict", "The plan has that many seats already."],
  seatsInUse: [
    "subscriptions.seats_in_use",
    "conflict",
    "More seats are taken or promised than there would be. Say whose are to be taken away, and ask again.",
  ],
  leaverGone: [
    "subscriptions.leaver_gone",
    "conflict",
    "Somebody who was to lose a seat has none any more. Look at who has one, and choose again.",
  ],
  noUnitsSold: [
    "subscriptions.no_units_sold",
    "conflict",
    "One subscription has one of this membership. Whoever wants another buys it by itself.",
  ],
  unitsOutOfRange: [
    "subscriptions.units_out_of_range",
    "invalid",
    "So many of this membership cannot be had. Choose a number from one up to the most.",
  ],
  sameUnits: ["subscriptions.same_units", "conflict", "There are that many of the membership already."],
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
  trialNeedsCard: [
    "subscriptions.trial_needs_card",
    "conflict",
    "The trial would be over with this change, and there is no card to charge. Put a card in first.",
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
  pauseWithoutEnd: [
    "subscriptions.pause_without_end",
    "invalid",
    "Say for how many months the plan rests: everything in it holds meanwhile.",
  ],
  discountOfNothing: [
    "subscriptions.discount_of_nothing",
    "conflict",
    "No charge falls into those months. Choose more months.",
  ],
  nothingDue: ["subscriptions.nothing_due", "conflict", "Nothing is unpaid."],
});
