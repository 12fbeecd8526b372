import { identityErrors } from "./errors.ts";

/** What the database's own functions for roles and accounts answer; throws for everything but `done`. */
export function staffOutcome(outcome: string | undefined): void {
  switch (outcome) {
    case "done":
      return;
    case "last_owner":
      throw identityErrors.lastOwner();
    case "not_found":
      throw identityErrors.staffNotFound();
    default:
      throw identityErrors.notAllowed();
  }
}
