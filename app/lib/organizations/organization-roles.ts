/** What somebody may be in an organization, the most first. */
export const ORGANIZATION_ROLES = ["owner", "admin", "billing", "member"] as const;
export type OrganizationRole = (typeof ORGANIZATION_ROLES)[number];

/** May change who is in it. */
export const isManager = (role: OrganizationRole): boolean => role === "owner" || role === "admin";
