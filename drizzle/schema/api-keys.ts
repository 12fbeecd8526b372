import { sql } from "drizzle-orm";
import { check, index, integer, jsonb, pgTable, text } from "drizzle-orm/pg-core";
import type { KeyScope } from "../../server/kernel/actor.ts";
import { amount, id, instant, oneOf } from "../columns.ts";
import { customers, users } from "./identity.ts";

export const BUDGET_PERIODS = ["day", "week", "month", "total"] as const;

/**
 * What a program shows instead of a password: it acts for one user, as far as its scopes go. Only the key's SHA-256 is
 * stored, and its first letters, by which its owner knows it again. All times are technical.
 */
export const apiKeys = pgTable(
  "api_keys",
  {
    id: id(),
    userId: text()
      .notNull()
      .references(() => users.id, { onDelete: "restrict" }),
    /** Whose credits it spends. */
    customerId: text()
      .notNull()
      .references(() => customers.id, { onDelete: "restrict" }),
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
    oneOf("api_keys_budget_period", table.budgetPeriod, BUDGET_PERIODS),
    check(
      "api_keys_budget",
      sql`(budget_credits is null) = (budget_period is null) and coalesce(budget_credits, 0) >= 0`,
    ),
    check("api_keys_rate_limit", sql`rate_limit between 1 and 100000`),
  ],
);
