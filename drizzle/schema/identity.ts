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
    index("users_staff").on(table.emailNormalized, table.id).where(sql`staff_role is not null`),
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
    /** When its holder last proved who they are; what is sensitive asks again after ten minutes. Null: long ago. */
    authenticatedAt: instant(),
    /** A second factor was shown in it. */
    secondFactor: boolean().notNull().default(false),
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
    purpose: text().$type<"verify_email" | "reset_password" | "change_email" | "undo_email_change">().notNull(),
    /** The address it was mailed to: a link for an old address proves nothing about a new one. */
    emailNormalized: text().notNull(),
    expiresAt: instant().notNull(),
    usedAt: instant(),
    createdAt: instant().notNull(),
  },
  (table) => [
    index("account_tokens_user").on(table.userId),
    oneOf("account_tokens_purpose", table.purpose, [
      "verify_email",
      "reset_password",
      "change_email",
      "undo_email_change",
    ]),
  ],
);

/** An authenticator app of a user. The secret is sealed (`server/identity/secret-box.ts`); all times are technical. */
export const totpFactors = pgTable("totp_factors", {
  userId: text()
    .primaryKey()
    .references(() => users.id, { onDelete: "cascade" }),
  secretSealed: text().notNull(),
  /** Null until the first code has shown that the app has the secret. */
  confirmedAt: instant(),
  /** The half-minute of the last accepted code: a code counts once. */
  lastStep: bigint({ mode: "number" }),
  createdAt: instant().notNull(),
});

/** Ten codes that each stand in for the second factor once. Only a keyed hash is stored. */
export const recoveryCodes = pgTable(
  "recovery_codes",
  {
    codeHash: text().primaryKey(),
    /** The key of the hash, sealed. Null: one that the shop's secret gives, from before each account had its own. */
    keySealed: text(),
    userId: text()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    usedAt: instant(),
    createdAt: instant().notNull(),
  },
  (table) => [index("recovery_codes_user").on(table.userId)],
);

/** A passkey: its public half, and how often it has signed. */
export const passkeys = pgTable(
  "passkeys",
  {
    id: id(),
    userId: text()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    credentialId: text().notNull().unique(),
    /** COSE key, base64url. */
    publicKey: text().notNull(),
    signCount: bigint({ mode: "number" }).notNull(),
    /** How the browser reaches it (`internal`, `usb`, …), comma-separated. */
    transports: text().notNull(),
    name: text().notNull(),
    backedUp: boolean().notNull(),
    createdAt: instant().notNull(),
    lastUsedAt: instant(),
  },
  (table) => [index("passkeys_user").on(table.userId)],
);

/** A question that a passkey is to sign: taken out once, for a few minutes of technical time. */
export const passkeyChallenges = pgTable(
  "passkey_challenges",
  {
    challenge: text().primaryKey(),
    purpose: text().$type<"register" | "sign_in">().notNull(),
    /** Who registers; null while nobody is signed in. */
    userId: text().references(() => users.id, { onDelete: "cascade" }),
    expiresAt: instant().notNull(),
  },
  (table) => [oneOf("passkey_challenges_purpose", table.purpose, ["register", "sign_in"])],
);

/** The password was right and the second factor is still to come. It opens nothing else; technical time. */
export const halfSignIns = pgTable(
  "half_sign_ins",
  {
    tokenHash: text().primaryKey(),
    userId: text()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    userAgent: text(),
    redirectTo: text().notNull(),
    expiresAt: instant().notNull(),
    usedAt: instant(),
  },
  (table) => [index("half_sign_ins_user").on(table.userId)],
);

/** A wish for another address: asked for, confirmed from the new mailbox, perhaps undone from the old one. Technical time. */
export const emailChanges = pgTable(
  "email_changes",
  {
    id: id(),
    userId: text()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    fromEmail: text().notNull(),
    toEmail: text().notNull(),
    toEmailNormalized: text().notNull(),
    requestedAt: instant().notNull(),
    confirmedAt: instant(),
    undoneAt: instant(),
  },
  (table) => [index("email_changes_user").on(table.userId, table.requestedAt)],
);

/** Somebody was asked to work here. The link is derived from the shop's secret; technical time. */
export const staffInvitations = pgTable(
  "staff_invitations",
  {
    id: id(),
    email: text().notNull(),
    emailNormalized: text().notNull(),
    role: text().$type<StaffRole>().notNull(),
    tokenHash: text().notNull().unique(),
    invitedBy: text()
      .notNull()
      .references(() => users.id, { onDelete: "restrict" }),
    expiresAt: instant().notNull(),
    acceptedAt: instant(),
    withdrawnAt: instant(),
    createdAt: instant().notNull(),
  },
  (table) => [
    oneOf("staff_invitations_role", table.role, STAFF_ROLES),
    uniqueIndex("staff_invitations_open")
      .on(table.emailNormalized)
      .where(sql`accepted_at is null and withdrawn_at is null`),
  ],
);

/** A member of staff sees the shop as a customer does, reading only, for a while. Technical time. */
export const impersonations = pgTable(
  "impersonations",
  {
    id: id(),
    sessionId: text()
      .notNull()
      .references(() => sessions.id, { onDelete: "cascade" }),
    staffUserId: text()
      .notNull()
      .references(() => users.id, { onDelete: "restrict" }),
    /** A customer with an account, so never one that is claimed. */
    asCustomerId: text()
      .notNull()
      .references(() => customers.id, { onDelete: "restrict" }),
    reason: text().notNull(),
    startedAt: instant().notNull(),
    expiresAt: instant().notNull(),
    endedAt: instant(),
  },
  (table) => [uniqueIndex("impersonations_open").on(table.sessionId).where(sql`ended_at is null`)],
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
    /** Of `organizations` (the key is made with its rights): it pays for an organization's plan, and for nothing of a person's. */
    organizationId: text(),
    createdAt: instant().notNull(),
  },
  (table) => [
    uniqueIndex("provider_customers_external").on(table.provider, table.externalId),
    index("provider_customers_customer").on(table.customerId),
    index("provider_customers_organization").on(table.organizationId).where(sql`organization_id is not null`),
  ],
);

/** What staff did and why, and every movement of money. Append-only. */
export const auditEntries = pgTable(
  "audit_entries",
  {
    id: id(),
    actor: text().notNull(),
    action: text().notNull(),
    subject: text().notNull(),
    reason: text(),
    /** What it was about in figures, e.g. `29900 SEK`; null where the action says it all. */
    detail: text(),
    /** The fact it tells of where it may be told twice, e.g. `payment:pay_…:captured`. */
    factKey: text().unique(),
    requestId: text().notNull(),
    at: instant().notNull(),
  },
  (table) => [
    index("audit_entries_subject").on(table.subject, table.at),
    index("audit_entries_at").on(table.at, table.id),
  ],
);

/** The chain over the audit entries: each link's hash holds the entry and the hash before it. Append-only. */
export const auditSeals = pgTable("audit_seals", {
  position: bigint({ mode: "number" }).primaryKey(),
  entryId: text().notNull().unique(),
  previousHash: text().notNull(),
  hash: text().notNull(),
  sealedAt: instant().notNull(),
});

/** When the chain was last walked from end to end, and what was found. */
export const auditChecks = pgTable(
  "audit_checks",
  {
    id: id(),
    at: instant().notNull(),
    entries: bigint({ mode: "number" }).notNull(),
    unsealed: bigint({ mode: "number" }).notNull(),
    headHash: text().notNull(),
    /** The first thing that does not fit, in words; null: the chain is whole. */
    problem: text(),
  },
  (table) => [index("audit_checks_at").on(table.at)],
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
