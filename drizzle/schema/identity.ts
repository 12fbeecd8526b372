import { sql } from "drizzle-orm";
import { bigint, boolean, index, integer, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";
import { STAFF_ROLES, type StaffRole } from "../../server/kernel/actor.ts";
import { id, instant, oneOf } from "../columns.ts";

/** A person who can sign in. Staff are users with a role. */
export const users = pgTable(
  "users",
  {
    id: id(),
    email: text().notNull(),
    /** Lower-cased, NFKC; what uniqueness and look-ups use. */
    emailNormalized: text().notNull().unique(),
    emailVerifiedAt: instant(),
    passwordHash: text().notNull(),
    name: text(),
    locale: text().$type<"sv" | "en">().notNull(),
    staffRole: text().$type<StaffRole>(),
    disabledAt: instant(),
    createdAt: instant().notNull(),
  },
  (table) => [
    oneOf("users_staff_role", table.staffRole, STAFF_ROLES),
    oneOf("users_locale", table.locale, ["sv", "en"]),
  ],
);

/** A signed-in browser. Only the token's SHA-256 is stored; all times are technical. */
export const sessions = pgTable(
  "sessions",
  {
    id: id(),
    tokenHash: text().notNull().unique(),
    userId: text()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    userAgent: text(),
    createdAt: instant().notNull(),
    lastSeenAt: instant().notNull(),
    expiresAt: instant().notNull(),
    revokedAt: instant(),
  },
  (table) => [index("sessions_user").on(table.userId)],
);

/** A single-use link, bound to one account and one purpose. Technical time. */
export const accountTokens = pgTable(
  "account_tokens",
  {
    tokenHash: text().primaryKey(),
    userId: text()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    purpose: text().$type<"verify_email" | "reset_password">().notNull(),
    /** The address it was mailed to: a link for an old address proves nothing about a new one. */
    emailNormalized: text().notNull(),
    expiresAt: instant().notNull(),
    usedAt: instant(),
    createdAt: instant().notNull(),
  },
  (table) => [
    index("account_tokens_user").on(table.userId),
    oneOf("account_tokens_purpose", table.purpose, ["verify_email", "reset_password"]),
  ],
);

/** Who buys. A guest has no user until the same e-mail is verified by one, which then claims the guest's purchases. */
export const customers = pgTable(
  "customers",
  {
    id: id(),
    userId: text().references(() => users.id, { onDelete: "restrict" }),
    email: text().notNull(),
    emailNormalized: text().notNull(),
    name: text(),
    /** What a name is searched by: as a whole, and from its second word on. */
    nameFolded: text().generatedAlwaysAs(sql`lower(name)`),
    lastNameFolded: text().generatedAlwaysAs(sql`lower(substr(name, nullif(strpos(name, ' '), 0) + 1))`),
    locale: text().$type<"sv" | "en">().notNull(),
    /** Set when a guest was claimed: everything it had now belongs to that customer. */
    mergedIntoId: text(),
    createdAt: instant().notNull(),
  },
  (table) => [
    uniqueIndex("customers_user").on(table.userId).where(sql`user_id is not null`),
    uniqueIndex("customers_guest_email")
      .on(table.emailNormalized)
      .where(sql`user_id is null and merged_into_id is null`),
    index("customers_email").on(table.emailNormalized, table.id),
    index("customers_email_prefix").on(table.emailNormalized.op("text_pattern_ops")),
    index("customers_name_prefix").on(table.nameFolded.op("text_pattern_ops")),
    index("customers_last_name_prefix").on(table.lastNameFolded.op("text_pattern_ops")),
    index("customers_created").on(table.createdAt, table.id).where(sql`merged_into_id is null`),
  ],
);

/** A customer's identity at a provider (a guest may get a new one at each purchase). */
export const providerCustomers = pgTable(
  "provider_customers",
  {
    id: id(),
    provider: text().notNull(),
    externalId: text().notNull(),
    customerId: text()
      .notNull()
      .references(() => customers.id, { onDelete: "restrict" }),
    /** Offered again at the next checkout; never for one that a guest made. */
    reusable: boolean().notNull(),
    createdAt: instant().notNull(),
  },
  (table) => [
    uniqueIndex("provider_customers_external").on(table.provider, table.externalId),
    index("provider_customers_customer").on(table.customerId),
  ],
);

/** What staff did and why. Append-only. */
export const auditEntries = pgTable(
  "audit_entries",
  {
    id: id(),
    actor: text().notNull(),
    action: text().notNull(),
    subject: text().notNull(),
    reason: text(),
    requestId: text().notNull(),
    at: instant().notNull(),
  },
  (table) => [index("audit_entries_subject").on(table.subject, table.at)],
);

/**
 * How often something was tried, across all web processes (unlogged: a crash forgets it). Keys are hashes; `expire` is
 * technical time in milliseconds. Names and types are those rate-limiter-flexible writes.
 */
export const rateLimits = pgTable("rate_limits", {
  key: text().primaryKey(),
  points: integer().notNull().default(0),
  expire: bigint({ mode: "number" }),
});
