import { sql } from "drizzle-orm";
import { check, index, integer, jsonb, pgTable, text } from "drizzle-orm/pg-core";
import type { KeyScope } from "../../server/kernel/actor.ts";
import { amount, id, instant, oneOf } from "../columns.ts";
import { customers, users } from "./identity.ts";
import { organizations } from "./organizations.ts";

export const BUDGET_PERIODS = ["day", "week", "month", "total"] as const;

/**
 * What a program shows instead of a password: it acts for one user or one organization, as far as its scopes go. Only the
 * key's SHA-256 is stored, and its first letters, by which its owner knows it again. All times are technical.
 */
export const apiKeys = pgTable(
  "api_keys",
  {
    id: id(),
    /** Whose it is; of an organization's, who made it. */
    userId: text()
      .notNull()
      .references(() => users.id, { onDelete: "restrict" }),
    /** Whose credits it spends; null for an organization's, which spends none. */
    customerId: text().references(() => customers.id, { onDelete: "restrict" }),
    /** Whose it is in place of its maker. */
    organizationId: text().references(() => organizations.id, { onDelete: "restrict" }),
    name: text().notNull(),
    /** `kv_live_AbCd`: enough to tell it from the others, useless to whoever reads it. */
    prefix: text().notNull(),
    tokenHash: text().notNull().unique(),
    scopes: jsonb().$type<readonly KeyScope[]>().notNull(),
    /** Requests in a minute, per web process. */
    rateLimit: integer().notNull(),
    /** How many credits it may spend in a period; null: as many as its owner has. */
    budgetCredits: amount(),
    budgetPeriod: text().$type<(typeof BUDGET_PERIODS)[number]>(),
    createdAt: instant().notNull(),
    expiresAt: instant(),
    lastUsedAt: instant(),
    revokedAt: instant(),
    /** `customer:…` or `staff:…`. */
    revokedBy: text(),
  },
  (table) => [
    index("api_keys_user").on(table.userId, table.createdAt),
    index("api_keys_customer").on(table.customerId, table.createdAt),
    index("api_keys_created").on(table.createdAt, table.id),
    index("api_keys_organization")
      .on(table.organizationId, table.createdAt, table.id)
      .where(sql`organization_id is not null`),
    check("api_keys_holder", sql`(customer_id is null) = (organization_id is not null)`),
    check("api_keys_of_organization", sql`organization_id is null or budget_credits is null`),
    oneOf("api_keys_budget_period", table.budgetPeriod, BUDGET_PERIODS),
    check(
      "api_keys_budget",
      sql`(budget_credits is null) = (budget_period is null) and coalesce(budget_credits, 0) >= 0`,
    ),
    check("api_keys_rate_limit", sql`rate_limit between 1 and 100000`),
  ],
);
