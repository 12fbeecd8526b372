import type { Actor } from "../kernel/actor.ts";
import { hashToken } from "../kernel/id.ts";

/** Who shops: an account, a browser that holds a cart token, or both. */
export type Buyer = {
  readonly customerId: string | null;
  readonly cartToken: string | null;
};

/** The account a purchase belongs to when somebody is signed in; staff shop with their own account too. */
export function customerOf(actor: Actor): string | null {
  return actor.kind === "customer" || actor.kind === "staff" ? actor.customerId : null;
}

/** The same actor, holding another bearer token: row-level security then shows what that token opens. */
export function holding(actor: Actor, token: string): Actor {
  const hash = hashToken(token);
  if (!("tokens" in actor) || actor.tokens.includes(hash)) return actor;
  return { ...actor, tokens: [...actor.tokens, hash] };
}
