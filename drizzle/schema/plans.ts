import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  uniqueIndex,
} from "drizzle-orm/pg-core";
import { type PlanVersionStatus, planVersionMachine } from "../../server/entitlements/plan-version-status.ts";
import { amount, currency, id, instant, oneOf, statusCheck, transitions } from "../columns.ts";
import { products, TRIAL_ENDS, type TrialWithoutCard } from "./catalog.ts";

type Texts = { readonly sv: string; readonly en: string };

export const FEATURE_KINDS = ["boolean", "number", "metered"] as const;

/** What a feature of a kind can be worth: on or off, how many, or how many of it each month. */
export type FeatureValue = boolean | number | { readonly monthly: number };

/** What a plan may say something about. The key is what programs ask for (`canExportPDF`). */
export const features = pgTable(
  "features",
  {
    key: text().primaryKey(),
    kind: text().$type<(typeof FEATURE_KINDS)[number]>().notNull(),
    name: jsonb().$type<Texts>().notNull(),
    position: integer().notNull(),
    /** One of the eight that `GET /api/entitlements` always answers. */
    documented: boolean().notNull().default(false),
    /** Follows from another feature and is said by no plan: `hasSeatsGT1` from `seats`. */
    derived: boolean().notNull().default(false),
  },
  (table) => [oneOf("features_kind", table.kind, FEATURE_KINDS)],
);

/** A plan that organizations are on: `pilot`, `pro`, `enterprise`. The position says which one is more. */
export const plans = pgTable("plans", {
  code: text().primaryKey(),
  productId: text()
    .notNull()
    .unique()
    .references(() => products.id, { onDelete: "restrict" }),
  position: integer().notNull().unique(),
});

/** What a plan is called, costs and holds from one day to another. A subscription keeps the version it was bought at. */
export const planVersions = pgTable(
  "plan_versions",
  {
    id: id(),
    planCode: text()
      .notNull()
      .references(() => plans.code, { onDelete: "restrict" }),
    version: integer().notNull(),
    status: text().$type<PlanVersionStatus>().notNull(),
    name: jsonb().$type<Texts>().notNull(),
    summary: jsonb().$type<Texts>().notNull(),
    /** How many days a plan holds although a payment is missing, counted from the first that was. */
    graceDays: integer().notNull().default(14),
    /** Whether everything holds on while it rests ({@link subscriptions} `pauseAt`), paid by nobody; else the pilot does. */
    pauseKeeps: boolean().notNull().default(false),
    /** Days before the first charge; 0: charged at once. And what its end brings without a card; null: one is asked for at the start. */
    trialDays: smallint().notNull().default(0),
    trialWithoutCard: text().$type<TrialWithoutCard>(),
    /** Why it was made, in the words of whoever made it. */
    reason: text().notNull(),
    createdBy: text().notNull(),
    createdAt: instant().notNull(),
    /** Of a draft: counts how often it was saved, so that nobody writes over what they have not seen. */
    revision: integer().notNull().default(0),
    publishedAt: instant(),
    retiredAt: instant(),
  },
  (table) => [
    check("plan_versions_trial", sql`trial_days = 0 or trial_days between 2 and 365`),
    oneOf("plan_versions_trial_end", table.trialWithoutCard, TRIAL_ENDS),
    check("plan_versions_grace", sql`grace_days between 0 and 90`),
    statusCheck("plan_versions_status", table.status, planVersionMachine),
    uniqueIndex("plan_versions_number").on(table.planCode, table.version),
    uniqueIndex("plan_versions_published").on(table.planCode).where(sql`status = 'published'`),
    uniqueIndex("plan_versions_draft").on(table.planCode).where(sql`status in ('draft', 'publishing')`),
  ],
);
export const planVersionTransitions = transitions(planVersionMachine);

/** What a version costs for a month or a year, tax included. The look-up key names the price at the provider. */
export const planVersionPrices = pgTable(
  "plan_version_prices",
  {
    planVersionId: text()
      .notNull()
      .references(() => planVersions.id, { onDelete: "cascade" }),
    currency: currency().notNull(),
    interval: text().$type<"month" | "year">().notNull(),
    amount: amount().notNull(),
    /** What each seat beyond those that the version holds costs, paid as often, tax included; null: none are sold. */
    seatAmount: amount(),
    lookupKey: text().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.planVersionId, table.currency, table.interval] }),
    oneOf("plan_version_prices_interval", table.interval, ["month", "year"]),
    oneOf("plan_version_prices_currency", table.currency, ["SEK", "EUR", "USD"]),
    check("plan_version_prices_amount", sql`amount >= 0`),
    check("plan_version_prices_seat_amount", sql`seat_amount > 0`),
  ],
);

/** What a version says of each feature. */
export const planEntitlements = pgTable(
  "plan_entitlements",
  {
    planVersionId: text()
      .notNull()
      .references(() => planVersions.id, { onDelete: "cascade" }),
    feature: text()
      .notNull()
      .references(() => features.key, { onDelete: "restrict" }),
    value: jsonb().$type<FeatureValue>().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.planVersionId, table.feature] }),
    index("plan_entitlements_feature").on(table.feature),
  ],
);
