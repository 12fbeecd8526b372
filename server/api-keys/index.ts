export { apiKeyErrors } from "./errors.ts";
export { type KeyBudget, readKeyBudget } from "./key-budget.ts";
export { bearerKey } from "./key-secret.ts";
export { isOwnKey } from "./queries.ts";
export { resumeKey } from "./resume-key.ts";
export { resumeOrganizationKey } from "./resume-organization-key.ts";
