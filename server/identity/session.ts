import type { Actor, KeyScope, StaffRole } from "../kernel/actor.ts";
import { invariant } from "../kernel/invariant.ts";

/** Who is signed in, as looked up by the session token; never cached beyond the request. */
export type Session = {
  readonly id: string;
  /** Empty where an organization's key came: that is nobody's session. */
  readonly userId: string;
  /** Null only for staff who have never bought anything. */
  readonly customerId: string | null;
  readonly email: string;
  readonly name: string | null;
  readonly emailVerified: boolean;
  readonly locale: "sv" | "en";
  readonly staffRole: StaffRole | null;
  /** When its holder last proved who they are; technical time. */
  readonly authenticatedAt: Date | null;
  /** A second factor was shown in it. */
  readonly secondFactor: boolean;
  /** Staff who must set up a second factor before anything of the back office opens to them. */
  readonly staffLocked: boolean;
  /** Set while staff look as this customer, reading only: the rest of the session is then the customer's. */
  readonly impersonation: Impersonation | null;
  /** Set where a program shows an API key instead of a browser its cookie. */
  readonly apiKey?: SessionKey | null;
};

/** The API key that a program came with. */
export type SessionKey = {
  readonly id: string;
  readonly name: string;
  readonly scopes: readonly KeyScope[];
  /** Requests in a minute. */
  readonly rateLimit: number;
  /** The organization that it acts for, in place of a person. */
  readonly organizationId?: string | null;
};

/** Who really sits there. `until` is technical time. */
export type Impersonation = {
  readonly id: string;
  readonly staffUserId: string;
  readonly staffRole: StaffRole;
  readonly staffCustomerId: string | null;
  readonly until: Date;
};

/** The part of an account that decides what row-level security lets it see. */
export type Account = {
  readonly userId: string;
  readonly customerId: string | null;
  readonly staffRole: StaffRole | null;
  readonly staffLocked?: boolean;
  readonly apiKey?: SessionKey | null;
};

/** The actor for an account that has just proven who it is. `tokens`: hashes of the cart and order tokens its browser holds. */
export function accountActor(account: Account, tokens: readonly string[] = []): Actor {
  const { userId, customerId, staffRole, staffLocked, apiKey } = account;
  if (apiKey?.organizationId) return { kind: "organization", organizationId: apiKey.organizationId, keyId: apiKey.id };
  // Seen as a customer without purchases until the second factor is there.
  if (staffLocked) return { kind: "customer", userId, customerId: customerId ?? "", tokens };
  if (staffRole) return { kind: "staff", userId, role: staffRole, customerId, tokens };
  invariant(customerId, "every customer's user has a customer");
  return { kind: "customer", userId, customerId, tokens };
}

/** The caller's session, where the procedure's access has made sure that there is one. */
export function own(session: Session | null): Session {
  invariant(session, "only somebody who is signed in comes here");
  return session;
}
