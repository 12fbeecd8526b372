import { sql } from "drizzle-orm";
import { check, index, integer, jsonb, pgTable, smallint, text, uniqueIndex } from "drizzle-orm/pg-core";
import { type PlanMigrationStatus, planMigrationMachine } from "../../server/plans/plan-migration-status.ts";
import { id, instant, oneOf, statusCheck, transitions } from "../columns.ts";
import { plans, planVersions } from "./plans.ts";
import { type ChangePreview, subscriptionChanges } from "./subscription-changes.ts";
import { subscriptions } from "./subscriptions.ts";

/** When a move takes effect: for each when their paid period ends, or for all at once. */
const MOVE_TIMINGS = ["period_end", "now"] as const;
export type MoveTiming = (typeof MOVE_TIMINGS)[number];

/** What moving one subscription now was said to cost, and what that was reckoned from: of anything else nobody is moved. */
export type MoveQuote = {
  /** What it costs by the period before and after; minor units, tax included. */
  readonly before: number;
  readonly amount: number;
  /** The provider's price; null where the price is the same. */
  readonly stripePriceId: string | null;
  readonly periodEndAt: string | null;
  /** What is taken off by then, in words that are only compared. */
  readonly discount: string;
  readonly preview: ChangePreview;
};

/** Staff move everybody who pays for one version of a plan to another. Times are business time. */
export const planMigrations = pgTable(
  "plan_migrations",
  {
    id: id(),
    planCode: text()
      .notNull()
      .references(() => plans.code, { onDelete: "restrict" }),
    fromVersionId: text()
      .notNull()
      .references(() => planVersions.id, { onDelete: "restrict" }),
    toVersionId: text()
      .notNull()
      .references(() => planVersions.id, { onDelete: "restrict" }),
    status: text().$type<PlanMigrationStatus>().notNull(),
    /** How many were to be moved when it was ordered. */
    subscribers: integer().notNull(),
    reason: text().notNull(),
    /** Nobody is moved sooner than this many days after the mail that says so. */
    noticeDays: smallint().notNull().default(0),
    timing: text().$type<MoveTiming>().notNull().default("period_end"),
    /** Of a move now: from when what is left of the period is counted, for everybody alike. */
    prorationAt: instant(),
    idempotencyKey: text().notNull().unique(),
    createdBy: text().notNull(),
    createdAt: instant().notNull(),
  },
  (table) => [
    oneOf("plan_migrations_timing", table.timing, MOVE_TIMINGS),
    check("plan_migrations_proration", sql`(timing = 'now') = (proration_at is not null)`),
    check("plan_migrations_notice", sql`notice_days between 0 and 365`),
    statusCheck("plan_migrations_status", table.status, planMigrationMachine),
    uniqueIndex("plan_migrations_one_running").on(table.planCode).where(sql`status in ('running', 'undoing')`),
    index("plan_migrations_plan").on(table.planCode, table.createdAt, table.id),
  ],
);
export const planMigrationTransitions = transitions(planMigrationMachine);

/** One subscription in such a move: the change that was asked for it, or why none was. */
export const planMigrationSteps = pgTable(
  "plan_migration_steps",
  {
    id: id(),
    migrationId: text()
      .notNull()
      .references(() => planMigrations.id, { onDelete: "restrict" }),
    subscriptionId: text()
      .notNull()
      .references(() => subscriptions.id, { onDelete: "restrict" }),
    changeId: text().references(() => subscriptionChanges.id, { onDelete: "restrict" }),
    /** Why it was left where it is; null: it was not. */
    obstacle: text(),
    /** The wish that took its change back, or why there was none. */
    undoChangeId: text().references(() => subscriptionChanges.id, { onDelete: "restrict" }),
    undoObstacle: text(),
    /** Who took back this one alone, and why. */
    undoBy: text(),
    undoReason: text(),
    /** Of a move now: what was shown before anybody was moved. */
    quote: jsonb().$type<MoveQuote>(),
    createdAt: instant().notNull(),
  },
  (table) => [
    uniqueIndex("plan_migration_steps_once").on(table.migrationId, table.subscriptionId),
    index("plan_migration_steps_migration").on(table.migrationId, table.createdAt, table.id),
    index("plan_migration_steps_change").on(table.changeId).where(sql`change_id is not null`),
  ],
);
