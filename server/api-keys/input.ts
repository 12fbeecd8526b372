import { z } from "zod";
import { listPlace } from "../kernel/input.ts";

const id = z.string().min(1).max(60);
/** A count, as a form or a program writes it; nothing where it is left empty. */
const count = (most: number) =>
  z.preprocess((value) => (value === "" ? undefined : value), z.coerce.number().int().min(1).max(most).optional());
const scope = z.enum([
  "account.read",
  "credits.read",
  "credits.spend",
  "credits.buy",
  "entitlements.read",
  "plans.buy",
  "organization.read",
]);
/** What a key that acts for an organization may be let do. */
const organizationScope = z.enum(["entitlements.read", "organization.read"]);
const scopesOf = <One extends z.ZodType>(one: One) =>
  z.preprocess((value) => (typeof value === "string" ? [value] : value), z.array(one).min(1).max(10));

export const makeKeyInput = z.object({
  name: z.string().trim().min(1).max(60),
  scopes: scopesOf(scope),
  /** In how many days it runs out; left out: never. */
  days: count(730),
  /** Requests in a minute. */
  rateLimit: count(100_000),
  /** How many credits it may spend in each period; left out: as many as there are. */
  budgetCredits: count(1_000_000_000),
  budgetPeriod: z.enum(["day", "week", "month", "total"]).default("month"),
});
export const makeOrganizationKeyInput = z.object({
  ...{ organizationId: id, name: z.string().trim().min(1).max(60), scopes: scopesOf(organizationScope) },
  ...{ days: count(730), rateLimit: count(100_000) },
});
export const organizationKeysInput = z.object({
  ...{ organizationId: id, cursor: listPlace.cursor, limit: listPlace.limit },
});
export const organizationKeyInput = z.object({ organizationId: id, id });
export const keyIdInput = z.object({ id });
export const KEY_STATES = ["active", "expired", "revoked"] as const;
export const customerKeysInput = z.object({
  ...listPlace,
  customerId: id,
  /** A part of a key's name, or how it begins. */
  q: z.string().trim().max(200).optional(),
  state: z.enum(KEY_STATES).optional(),
  sort: z.enum(["created"]).default("created"),
});
export const revokeOthersKeyInput = z.object({ id, reason: z.string().trim().min(3).max(500) });
