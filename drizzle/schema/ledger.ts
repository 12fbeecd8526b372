import { sql } from "drizzle-orm";
import {
  type AnyPgColumn,
  bigint,
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  smallint,
  text,
  uniqueIndex,
} from "drizzle-orm/pg-core";
import { amount, id, instant, oneOf } from "../columns.ts";

export const LEDGER_SIDES = ["debit", "credit"] as const;
export const POSTING_PHASES = ["posted", "pending", "void"] as const;

/** A place that value is in. Its id says what it is (`provider:stripe:SEK`); made when it is first posted to. */
export const ledgerAccounts = pgTable(
  "ledger_accounts",
  {
    id: id(),
    kind: text().notNull(),
    /** ISO code for money, or the name of a unit of our own. */
    currency: text().notNull(),
    /** On which side a growing account is written: its balance is the sum of that side less the other. */
    side: text().$type<(typeof LEDGER_SIDES)[number]>().notNull(),
    /** May never go below zero: it has a balance row, locked by every posting. All others are sums. */
    guarded: boolean().notNull(),
    ownerId: text(),
    createdAt: instant().notNull(),
  },
  (table) => [
    oneOf("ledger_accounts_side", table.side, LEDGER_SIDES),
    index("ledger_accounts_owner").on(table.ownerId),
    index("ledger_accounts_kind").on(table.kind, table.id),
  ],
);

/** One movement of value, whole or not at all. Append-only; what was wrong is reversed by another posting. */
export const ledgerPostings = pgTable(
  "ledger_postings",
  {
    id: id(),
    /** In the order in which they were written: what settles or reverses a posting comes after it. */
    no: bigint({ mode: "number" }).generatedAlwaysAsIdentity().unique(),
    /** What happened, once: a second posting with the same key is the first one. */
    key: text().notNull().unique(),
    kind: text().notNull(),
    /** The row that it is about, by its id. */
    source: text().notNull(),
    phase: text().$type<(typeof POSTING_PHASES)[number]>().notNull(),
    /** The pending posting that this one posts or voids. */
    settles: text().references((): AnyPgColumn => ledgerPostings.id, { onDelete: "restrict" }),
    reverses: text().references((): AnyPgColumn => ledgerPostings.id, { onDelete: "restrict" }),
    entryCount: smallint().notNull(),
    actor: text().notNull(),
    reason: text(),
    /** Business time. */
    at: instant().notNull(),
  },
  (table) => [
    oneOf("ledger_postings_phase", table.phase, POSTING_PHASES),
    uniqueIndex("ledger_postings_settles").on(table.settles).where(sql`settles is not null`),
    uniqueIndex("ledger_postings_reverses").on(table.reverses).where(sql`reverses is not null`),
    index("ledger_postings_source").on(table.source),
    check("ledger_postings_void_settles", sql`phase <> 'void' or settles is not null`),
    check("ledger_postings_entries", sql`entry_count >= 2`),
  ],
);

/**
 * One line of a posting. Debits are positive, credits negative; the lines of a posting sum to zero per currency. That its
 * posting and its account are there is checked with that, once for a statement (`app.check_ledger_entries`), and neither is
 * ever removed: foreign keys would look both up again for each line, and lock them.
 */
export const ledgerEntries = pgTable(
  "ledger_entries",
  {
    id: bigint({ mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    postingId: text().notNull(),
    position: smallint().notNull(),
    accountId: text().notNull(),
    currency: text().notNull(),
    amount: amount().notNull(),
  },
  (table) => [
    uniqueIndex("ledger_entries_posting").on(table.postingId, table.position),
    index("ledger_entries_account").on(table.accountId, table.id),
    check("ledger_entries_amount", sql`amount <> 0`),
  ],
);

/** What a guarded account holds, on its own side, and how much of it waits in pending postings. */
export const ledgerBalances = pgTable(
  "ledger_balances",
  {
    accountId: text()
      .primaryKey()
      .references(() => ledgerAccounts.id, { onDelete: "restrict" }),
    posted: amount().notNull(),
    held: amount().notNull(),
  },
  () => [check("ledger_balances_enough", sql`posted >= held`), check("ledger_balances_held", sql`held >= 0`)],
);

/** The hash chain over all postings, in the order in which they were sealed. */
export const ledgerSeals = pgTable("ledger_seals", {
  seq: bigint({ mode: "number" }).primaryKey(),
  postingId: text()
    .notNull()
    .unique()
    .references(() => ledgerPostings.id, { onDelete: "restrict" }),
  /** SHA-256 (hex) over the hash before it and the posting with its entries. */
  hash: text().notNull(),
});

/** What a verification of the whole ledger found. */
export const ledgerVerifications = pgTable("ledger_verifications", {
  id: id(),
  /** Technical time. */
  at: instant().notNull(),
  postings: integer().notNull(),
  entries: integer().notNull(),
  sealed: integer().notNull(),
  headHash: text().notNull(),
  problems: jsonb().$type<readonly string[]>().notNull(),
});
