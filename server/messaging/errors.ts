import { defineErrors } from "../kernel/errors.ts";

export const messagingErrors = defineErrors({
  notFound: ["messaging.email_not_found", "not_found", "There is no such mail."],
  onItsWay: ["messaging.email_on_its_way", "conflict", "The mail is being sent already."],
});
