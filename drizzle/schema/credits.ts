import { sql } from "drizzle-orm";
import {
  type AnyPgColumn,
  bigint,
  boolean,
  check,
  index,
  pgTable,
  primaryKey,
  smallint,
  text,
} from "drizzle-orm/pg-core";
import { amount, currency, id, instant, oneOf } from "../columns.ts";
import { apiKeys, BUDGET_PERIODS } from "./api-keys.ts";
import { customers } from "./identity.ts";
import { ledgerPostings } from "./ledger.ts";

export const GRANT_SOURCES = ["purchase", "plan", "promotion", "refund", "manual"] as const;
export const COST_BASES = ["paid", "free"] as const;
export const OPERATION_KINDS = [
  "grant",
  "consume",
  "report",
  "reserve",
  "confirm",
  "release",
  "lapse",
  "expire",
  "reclaim",
  "remove",
  "settle_debt",
  "raise_debt",
  "forgive_debt",
  "restore",
] as const;
export const ADJUSTMENT_KINDS = ["add", "remove"] as const;
export const ADJUSTMENT_DECISIONS = ["approved", "refused"] as const;
export const ADJUSTMENT_OUTCOMES = ["done", "insufficient"] as const;
export const RECLAIM_CAUSES = ["refund", "dispute"] as const;
export const RECLAIM_DECISIONS = ["debt", "let_go"] as const;
export const RESERVATION_ENDINGS = ["confirm", "release", "lapse"] as const;

/** Whole credits. */
const credits = () => bigint({ mode: "number" });

const customer = () =>
  text()
    .notNull()
    .references(() => customers.id, { onDelete: "restrict" });

const key = () => text().references(() => apiKeys.id, { onDelete: "restrict" });

/** One per customer that ever had credits; its row is the lock under which credits of the customer move. */
export const creditAccounts = pgTable(
  "credit_accounts",
  {
    customerId: text()
      .primaryKey()
      .references(() => customers.id, { onDelete: "restrict" }),
    /** What was used without being there, or was taken back when it was spent already; later grants settle it first. */
    debt: credits().notNull().default(0),
    /** Falling below any of these tells whoever waits for it (`credits.balance_low`). */
    signalBelow: credits().array().notNull().default(sql`'{}'`),
    createdAt: instant().notNull(),
  },
  () => [check("credit_accounts_debt", sql`debt >= 0`)],
);

/** Credits that were handed out at once: what they are and where they went. Only the five sums and what is booked change. */
export const creditGrants = pgTable(
  "credit_grants",
  {
    id: id(),
    customerId: customer(),
    /** Names the reason for the grant, once and for ever. */
    key: text().notNull().unique(),
    source: text().$type<(typeof GRANT_SOURCES)[number]>().notNull(),
    sourceId: text().notNull(),
    costBasis: text().$type<(typeof COST_BASES)[number]>().notNull(),
    credits: credits().notNull(),
    used: credits().notNull().default(0),
    held: credits().notNull().default(0),
    expired: credits().notNull().default(0),
    reclaimed: credits().notNull().default(0),
    /** What may still be spent of it. */
    remaining: credits().notNull().generatedAlwaysAs(sql`credits - used - held - expired - reclaimed`),
    /** Asked back while held: taken as soon as it is free again. */
    owedBack: credits().notNull().default(0),
    /** Something of it can still be spent or is held. */
    open: boolean().notNull().default(true),
    /** Lower is spent first. */
    priority: smallint().notNull().default(0),
    effectiveAt: instant().notNull(),
    expiresAt: instant(),
    /** Only this key may spend it. */
    apiKeyId: key(),
    /** Only for this feature. */
    feature: text(),
    /** What was paid for it, tax taken off. */
    moneyAmount: amount(),
    moneyCurrency: currency(),
    /** How much of that is booked as revenue, as breakage and as taken back. */
    bookedRevenue: amount().notNull().default(0),
    bookedBreakage: amount().notNull().default(0),
    bookedReclaimed: amount().notNull().default(0),
    /** The sum of used, expired and taken back that is booked. */
    bookedCredits: credits().notNull().default(0),
    /** All of its money is booked; nothing will change any more. */
    settled: boolean().notNull().default(false),
    createdAt: instant().notNull(),
  },
  (table) => [
    oneOf("credit_grants_source", table.source, GRANT_SOURCES),
    oneOf("credit_grants_cost_basis", table.costBasis, COST_BASES),
    check("credit_grants_credits", sql`credits > 0`),
    check(
      "credit_grants_enough",
      sql`used >= 0 and held >= 0 and expired >= 0 and reclaimed >= 0 and credits - used - held - expired - reclaimed >= 0`,
    ),
    check("credit_grants_open", sql`open or credits - used - expired - reclaimed = 0`),
    check("credit_grants_money", sql`(money_amount is null) = (money_currency is null) and money_amount >= 0`),
    index("credit_grants_open_of").on(table.customerId).where(sql`open`),
    index("credit_grants_expiring").on(table.expiresAt).where(sql`open and expires_at is not null`),
    index("credit_grants_unsettled").on(table.id).where(sql`money_amount is not null and not settled`),
    index("credit_grants_of").on(table.customerId, table.createdAt, table.id),
    index("credit_grants_owed_back").on(table.id).where(sql`owed_back > 0`),
    check("credit_grants_owed_back", sql`owed_back between 0 and credits`),
    index("credit_grants_from").on(table.sourceId),
  ],
);

/** Everything that ever happened to a customer's credits, once. Append-only. */
export const creditOperations = pgTable(
  "credit_operations",
  {
    id: id(),
    customerId: text()
      .notNull()
      .references(() => creditAccounts.customerId, { onDelete: "restrict" }),
    kind: text().$type<(typeof OPERATION_KINDS)[number]>().notNull(),
    /** The customer's id, a colon, and what names the operation for ever; what a caller chose begins with `client:`. */
    key: text().notNull().unique(),
    /** SHA-256 of what was asked for: the same key with another body is a conflict. */
    bodyHash: text().notNull(),
    credits: credits().notNull(),
    /** What could be spent afterwards by whoever asked. */
    balanceAfter: credits().notNull(),
    /** Of `api_keys`; without a foreign key, which each consumption would pay for. */
    apiKeyId: text(),
    reason: text().notNull(),
    reference: text(),
    actor: text().notNull(),
    at: instant().notNull(),
  },
  (table) => [
    oneOf("credit_operations_kind", table.kind, OPERATION_KINDS),
    index("credit_operations_of").on(table.customerId, table.at, table.id),
    // For the customer's timeline: a program's uses outnumber all else by far.
    index("credit_operations_but_uses")
      .on(table.customerId, table.at)
      .where(
        sql`kind in ('grant', 'expire', 'reclaim', 'remove', 'settle_debt', 'raise_debt', 'forgive_debt', 'restore')`,
      ),
    check("credit_operations_credits", sql`credits >= 0`),
  ],
);

/** What an operation did to each grant, in the order in which it was taken; without a grant: to the debt. Append-only. */
export const creditAllocations = pgTable(
  "credit_allocations",
  {
    operationId: text()
      .notNull()
      .references(() => creditOperations.id, { onDelete: "restrict" }),
    position: smallint().notNull(),
    grantId: text().references(() => creditGrants.id, { onDelete: "restrict" }),
    /** Change of what may be spent; below zero: taken. */
    available: credits().notNull(),
    /** Change of what is held. */
    held: credits().notNull().default(0),
  },
  (table) => [primaryKey({ columns: [table.operationId, table.position] })],
);

/** Credits set aside for something whose price is known later. */
export const creditReservations = pgTable(
  "credit_reservations",
  {
    id: id(),
    customerId: customer(),
    apiKeyId: key(),
    feature: text(),
    credits: credits().notNull(),
    operationId: text()
      .notNull()
      .unique()
      .references(() => creditOperations.id, { onDelete: "restrict" }),
    postingId: text()
      .notNull()
      .references(() => ledgerPostings.id, { onDelete: "restrict" }),
    /** Freed by itself then, at most a day later. */
    expiresAt: instant().notNull(),
    createdAt: instant().notNull(),
    /** Null while it is held. */
    ending: text().$type<(typeof RESERVATION_ENDINGS)[number]>(),
    endedAt: instant(),
    confirmedCredits: credits(),
    endOperationId: text().references(() => creditOperations.id, { onDelete: "restrict" }),
  },
  (table) => [
    oneOf("credit_reservations_ending", table.ending, RESERVATION_ENDINGS),
    check("credit_reservations_day", sql`expires_at <= created_at + interval '24 hours'`),
    check("credit_reservations_ended", sql`(ending is null) = (ended_at is null)`),
    index("credit_reservations_held").on(table.expiresAt).where(sql`ending is null`),
    index("credit_reservations_of").on(table.customerId, table.createdAt, table.id),
  ],
);

/** A purchase that was paid back: its unspent credits are taken, and staff decide about those that were spent. */
export const creditReclaims = pgTable(
  "credit_reclaims",
  {
    id: id(),
    key: text().notNull().unique(),
    customerId: customer(),
    /** The purchase. */
    sourceId: text().notNull(),
    cause: text().$type<(typeof RECLAIM_CAUSES)[number]>().notNull().default("refund"),
    /** For what was taken, or found to be spent, when a reservation ended, and for what was decided before: what asks for it. */
    originId: text().references((): AnyPgColumn => creditReclaims.id, { onDelete: "restrict" }),
    wantedCredits: credits().notNull(),
    takenCredits: credits().notNull(),
    /** Held by reservations then: taken, or found to be spent, when those end. And what was decided before. */
    waitingCredits: credits().notNull(),
    /** Gone already: a debt, or let go, as staff decide. */
    spentCredits: credits().notNull(),
    createdAt: instant().notNull(),
    decision: text().$type<(typeof RECLAIM_DECISIONS)[number]>(),
    decidedBy: text(),
    decidedAt: instant(),
    decisionReason: text(),
    carriedOutAt: instant(),
    /** The money did not go back after all: what was taken was given back, and nothing is left to decide. */
    undoneAt: instant(),
  },
  (table) => [
    oneOf("credit_reclaims_cause", table.cause, RECLAIM_CAUSES),
    oneOf("credit_reclaims_decision", table.decision, RECLAIM_DECISIONS),
    check(
      "credit_reclaims_decided",
      sql`(decision is null) = (decided_at is null) and (decision is null) = (decided_by is null)`,
    ),
    check("credit_reclaims_sum", sql`wanted_credits = taken_credits + waiting_credits + spent_credits`),
    index("credit_reclaims_undecided").on(table.createdAt, table.id).where(sql`decision is null and spent_credits > 0`),
    index("credit_reclaims_of").on(table.customerId, table.createdAt, table.id),
    index("credit_reclaims_source").on(table.sourceId),
    index("credit_reclaims_origin").on(table.originId).where(sql`origin_id is not null`),
  ],
);

/** Credits that staff add or take away, with the second person's word where the first one's is not enough. */
export const creditAdjustments = pgTable(
  "credit_adjustments",
  {
    id: id(),
    key: text().notNull().unique(),
    customerId: customer(),
    kind: text().$type<(typeof ADJUSTMENT_KINDS)[number]>().notNull(),
    credits: credits().notNull(),
    reason: text().notNull(),
    /** The requester's own word is enough. */
    withinLimit: boolean().notNull(),
    requestedBy: text().notNull(),
    requestedAt: instant().notNull(),
    decision: text().$type<(typeof ADJUSTMENT_DECISIONS)[number]>(),
    decidedBy: text(),
    decidedAt: instant(),
    outcome: text().$type<(typeof ADJUSTMENT_OUTCOMES)[number]>(),
    carriedOutAt: instant(),
  },
  (table) => [
    oneOf("credit_adjustments_kind", table.kind, ADJUSTMENT_KINDS),
    oneOf("credit_adjustments_decision", table.decision, ADJUSTMENT_DECISIONS),
    oneOf("credit_adjustments_outcome", table.outcome, ADJUSTMENT_OUTCOMES),
    check("credit_adjustments_credits", sql`credits > 0`),
    check("credit_adjustments_decided", sql`(decision is null) = (decided_by is null)`),
    check(
      "credit_adjustments_four_eyes",
      sql`decision is distinct from 'approved' or within_limit or decided_by <> requested_by`,
    ),
    index("credit_adjustments_waiting").on(table.requestedAt, table.id).where(sql`decision is null`),
    index("credit_adjustments_of").on(table.customerId, table.requestedAt, table.id),
  ],
);

/** What an API key has spent of its budget (`api_keys`) in the period that is counted. */
export const creditBudgets = pgTable(
  "credit_budgets",
  {
    apiKeyId: key().notNull(),
    period: text().$type<(typeof BUDGET_PERIODS)[number]>().notNull(),
    customerId: customer(),
    used: credits().notNull(),
    /** Days, weeks and months begin at the shop's midnight. */
    windowStartsAt: instant().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.apiKeyId, table.period] }),
    oneOf("credit_budgets_period", table.period, BUDGET_PERIODS),
    check("credit_budgets_used", sql`used >= 0`),
    index("credit_budgets_of").on(table.customerId),
  ],
);
