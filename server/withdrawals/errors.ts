import { defineErrors } from "../kernel/errors.ts";

export const withdrawalErrors = defineErrors({
  notFound: ["withdrawals.not_found", "not_found", "There is no such withdrawal."],
  noOrder: ["withdrawals.no_order", "not_found", "There is no such order."],
  noStatement: ["withdrawals.no_statement", "not_found", "There is no such statement."],
  noSuchNumber: [
    "withdrawals.no_such_number",
    "invalid",
    "There is no order with this number. Look it up in the orders.",
  ],
  statementClosed: [
    "withdrawals.statement_closed",
    "conflict",
    "Somebody has dealt with this statement meanwhile. Load the page again to see how.",
  ],
  leftToStaff: [
    "withdrawals.left_to_staff",
    "conflict",
    "It was said more than 14 days ago that this is taken back, and nobody confirmed it. The shop looks at it by hand: write to it.",
  ],
  membershipEnded: [
    "withdrawals.membership_ended",
    "conflict",
    "The membership ended with this withdrawal, which came in time: it can be approved, not refused.",
  ],
  moreThanOwed: [
    "withdrawals.more_than_owed",
    "conflict",
    "There is less left to pay back for this withdrawal than that. Look at it again before you act.",
  ],
  lessThanOwed: [
    "withdrawals.less_than_owed",
    "conflict",
    "Less is paid back only for goods that have been with the buyer. What is not for those is owed in any case.",
  ],
  notDisputed: [
    "withdrawals.not_disputed",
    "conflict",
    "The payment is not disputed: approve the withdrawal, and it is paid back.",
  ],
  chooseLines: ["withdrawals.choose_lines", "invalid", "Choose what you want to take back."],
  alreadyWithdrawn: [
    "withdrawals.already_withdrawn",
    "conflict",
    "This has been taken back already. Load the page again to see how far it has come.",
  ],
});
