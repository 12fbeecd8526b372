import { sql } from "drizzle-orm";
import { check, index, jsonb, pgSchema, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";
import { id, instant, oneOf } from "../columns.ts";
import { organizations } from "./organizations.ts";
import { type FeatureValue, features, planVersions } from "./plans.ts";

export const ENTITLEMENT_SOURCES = ["plan", "override"] as const;

/**
 * What an organization may do, from its plan or because staff said so, from when until when. Never changed: what holds no
 * longer is replaced. What holds now is the view `entitlements_effective`. Business time.
 */
export const entitlements = pgTable(
  "entitlements",
  {
    id: id(),
    organizationId: text()
      .notNull()
      .references(() => organizations.id, { onDelete: "restrict" }),
    feature: text()
      .notNull()
      .references(() => features.key, { onDelete: "restrict" }),
    value: jsonb().$type<FeatureValue>().notNull(),
    source: text().$type<(typeof ENTITLEMENT_SOURCES)[number]>().notNull(),
    /** The version of the plan that says so; null for an override. */
    planVersionId: text().references(() => planVersions.id, { onDelete: "restrict" }),
    startsAt: instant().notNull(),
    /** Null: until it is replaced. */
    endsAt: instant(),
    /** Why staff said so. */
    reason: text(),
    createdBy: text().notNull(),
    createdAt: instant().notNull(),
    replacedAt: instant(),
  },
  (table) => [
    oneOf("entitlements_source", table.source, ENTITLEMENT_SOURCES),
    check("entitlements_plan", sql`(source = 'plan') = (plan_version_id is not null)`),
    check("entitlements_reason", sql`source = 'plan' or length(reason) > 0`),
    check("entitlements_end", sql`ends_at is null or ends_at > starts_at`),
    uniqueIndex("entitlements_present")
      .on(table.organizationId, table.feature, table.source)
      .where(sql`replaced_at is null`),
    index("entitlements_history").on(table.organizationId, table.createdAt, table.id),
    index("entitlements_version").on(table.planVersionId).where(sql`replaced_at is null`),
  ],
);

export const runs = pgSchema("runs");

/** Every change of an organization's plan, written in the transaction of the change. Append-only. Business time. */
export const telemetry = runs.table(
  "telemetry",
  {
    id: id(),
    organizationId: text()
      .notNull()
      .references(() => organizations.id, { onDelete: "restrict" }),
    /** Null: it had none. */
    fromPlan: text(),
    toPlan: text().notNull(),
    causeEvent: text(),
    at: instant().notNull(),
  },
  (table) => [
    index("telemetry_organization").on(table.organizationId, table.at),
    index("telemetry_at").on(table.at, table.id),
  ],
);
