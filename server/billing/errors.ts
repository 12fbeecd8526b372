import { defineErrors } from "../kernel/errors.ts";

export const billingErrors = defineErrors({
  noInvoice: ["billing.no_invoice", "not_found", "There is no such invoice."],
  noOrganization: ["billing.no_organization", "not_found", "There is no such organization."],
  rulesChanged: [
    "billing.rules_changed",
    "conflict",
    "Somebody else has changed these rules meanwhile. Look at them and write yours again.",
  ],
  linkInvalid: [
    "billing.link_invalid",
    "not_found",
    "This link is too old, or somebody else pays by now. Sign in to change the card, or use the link of a later mail.",
  ],
});
