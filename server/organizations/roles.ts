import type { OrganizationRole } from "../kernel/actor.ts";

/** Whoever uses what an organization has takes a seat; who only pays for it does not. */
export const takesSeat = (role: OrganizationRole): boolean => role !== "billing";
