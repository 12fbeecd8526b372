import { defineErrors } from "../kernel/errors.ts";

export const offerErrors = defineErrors({
  notFound: ["offers.not_found", "not_found", "There is no such offer."],
  answered: ["offers.answered", "conflict", "This offer was answered already. Look at the membership."],
  outOfDate: ["offers.out_of_date", "conflict", "This offer is out of date. Begin again to see what is offered now."],
  conflict: ["offers.conflict", "conflict", "Somebody else has changed this offer since. Look at it again."],
});
