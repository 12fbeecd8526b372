import { hashToken } from "./id.ts";

export const STAFF_ROLES = ["owner", "finance", "support", "marketing", "read_only"] as const;
export type StaffRole = (typeof STAFF_ROLES)[number];

/** What somebody may do in an organization: `billing` sees and moves its money, `member` uses what it has. */
export const ORGANIZATION_ROLES = ["owner", "admin", "billing", "member"] as const;
export type OrganizationRole = (typeof ORGANIZATION_ROLES)[number];

/** What an API key may be let do, each chosen when it is made. A key never does what no scope names. */
export const KEY_SCOPES = [
  "account.read",
  "credits.read",
  "credits.spend",
  "credits.buy",
  "entitlements.read",
  "plans.buy",
  "organization.read",
] as const;
export type KeyScope = (typeof KEY_SCOPES)[number];

/**
 * Who acts. Row-level security sees the same contexts: anonymous (with the hashes of the cart and order tokens the
 * browser holds), customer, staff, an organization (a program with its key, that sees what any of its members does), and
 * the system (worker and intake, whose role has a policy of its own).
 */
export type Actor =
  | { readonly kind: "anonymous"; readonly tokens: readonly string[] }
  | {
      readonly kind: "customer";
      readonly userId: string;
      readonly customerId: string;
      readonly tokens: readonly string[];
    }
  | {
      readonly kind: "staff";
      readonly userId: string;
      readonly role: StaffRole;
      readonly customerId: string | null;
      readonly tokens: readonly string[];
    }
  | { readonly kind: "organization"; readonly organizationId: string; readonly keyId: string }
  | { readonly kind: "partner"; readonly name: string }
  | { readonly kind: "system"; readonly name: string };

/** The session settings that policies read (`drizzle/migrations`, row-level security). Set per transaction, never per connection. */
export function actorSettings(actor: Actor): Record<`app.${string}`, string> {
  return {
    "app.actor": actor.kind,
    "app.user_id": "userId" in actor ? actor.userId : "",
    "app.customer_id": ("customerId" in actor ? actor.customerId : null) ?? "",
    "app.staff_role": actor.kind === "staff" ? actor.role : "",
    "app.organization_id": actor.kind === "organization" ? actor.organizationId : "",
    "app.tokens": "tokens" in actor ? actor.tokens.join(",") : "",
  };
}

/** The customer that somebody signed in buys as; staff have one too when they shop. */
export function customerOf(actor: Actor): string | null {
  return actor.kind === "customer" || actor.kind === "staff" ? actor.customerId : null;
}

/** The same actor, holding another bearer token: row-level security then shows what that token opens. */
export function holding(actor: Actor, token: string): Actor {
  const hash = hashToken(token);
  if (!("tokens" in actor) || actor.tokens.includes(hash)) return actor;
  return { ...actor, tokens: [...actor.tokens, hash] };
}

/** The same actor, holding several. */
export function holdingAll(actor: Actor, tokens: readonly string[]): Actor {
  return tokens.reduce(holding, actor);
}

/** How an actor is named in histories and logs: ids only, no personal data. */
export function actorName(actor: Actor): string {
  switch (actor.kind) {
    case "anonymous":
      return "anonymous";
    case "customer":
      return `customer:${actor.customerId}`;
    case "staff":
      return `staff:${actor.userId}`;
    case "organization":
      return `organization:${actor.organizationId}`;
    default:
      return `${actor.kind}:${actor.name}`;
  }
}
