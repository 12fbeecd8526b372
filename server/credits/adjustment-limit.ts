import type { StaffRole } from "../kernel/actor.ts";

/**
 * How many credits a role may add to or take from one customer alone in a day; beyond that somebody else whose limit reaches
 * has to agree. `app.adjustment_limit()` says the same to the database, and a test compares them.
 */
const LIMITS: Readonly<Record<StaffRole, number>> = {
  owner: Number.MAX_SAFE_INTEGER,
  finance: 10_000,
  support: 500,
  marketing: 0,
  read_only: 0,
};

/** Whether a role's own word is enough for so many credits. */
export function withinLimit(role: StaffRole, credits: number): boolean {
  return credits <= LIMITS[role];
}
