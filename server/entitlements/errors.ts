import { defineErrors } from "../kernel/errors.ts";

export const entitlementErrors = defineErrors({
  noOrganization: ["entitlements.organization_not_found", "not_found", "There is no such organization."],
  notMember: ["entitlements.not_a_member", "forbidden", "You are not a member of this organization."],
  missing: [
    "entitlements.missing",
    "forbidden",
    "The organization's plan does not include this. Its owner can choose another plan.",
  ],
  noFeature: ["entitlements.no_such_feature", "not_found", "There is no such feature."],
  badValue: ["entitlements.bad_value", "invalid", "This feature takes another kind of value."],
  derived: ["entitlements.derived", "invalid", "This follows from another feature: change seats instead."],
  badEnd: ["entitlements.bad_end", "invalid", "An exception ends after it begins, and not before now."],
  conflict: [
    "entitlements.override.conflict",
    "conflict",
    "Somebody has just changed this. Look again before you act.",
  ],
  noOverride: ["entitlements.no_override", "not_found", "There is no such exception any more. Reload the page."],
});
