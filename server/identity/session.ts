import type { Actor, StaffRole } from "../kernel/actor.ts";
import { invariant } from "../kernel/invariant.ts";

/** Who is signed in, as looked up by the session token; never cached beyond the request. */
export type Session = {
  readonly id: string;
  readonly userId: string;
  /** Null only for staff who have never bought anything. */
  readonly customerId: string | null;
  readonly email: string;
  readonly name: string | null;
  readonly emailVerified: boolean;
  readonly locale: "sv" | "en";
  readonly staffRole: StaffRole | null;
};

/** The part of an account that decides what row-level security lets it see. */
export type Account = {
  readonly userId: string;
  readonly customerId: string | null;
  readonly staffRole: StaffRole | null;
};

/** The actor for an account that has just proven who it is. `tokens`: hashes of the cart and order tokens its browser holds. */
export function accountActor(account: Account, tokens: readonly string[] = []): Actor {
  const { userId, customerId, staffRole } = account;
  if (staffRole) return { kind: "staff", userId, role: staffRole, customerId, tokens };
  invariant(customerId, "every customer's user has a customer");
  return { kind: "customer", userId, customerId, tokens };
}
