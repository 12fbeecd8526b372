import { defineErrors } from "../kernel/errors.ts";

export const apiKeyErrors = defineErrors({
  notFound: ["api_keys.not_found", "not_found", "There is no such API key of yours."],
  tooMany: ["api_keys.too_many", "conflict", "Revoke a key before you make another."],
  notOfOrganization: ["api_keys.not_found", "not_found", "There is no such API key of this organization."],
  noCustomer: ["api_keys.no_customer", "conflict", "This account buys nothing, so no key can spend for it."],
  badExpiry: ["api_keys.bad_expiry", "invalid", "A key runs out later than now, within two years."],
});
