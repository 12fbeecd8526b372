import { sql } from "drizzle-orm";
import { check, index, jsonb, pgTable, text } from "drizzle-orm/pg-core";
import type { ChangeTiming } from "../../server/subscriptions/change-status.ts";
import { id, instant } from "../columns.ts";
import { organizations } from "./organizations.ts";

/** When a change of plan is made where nobody says (`standard`), and what members may choose among. */
export type ChangeRule = { readonly standard: ChangeTiming; readonly allowed: readonly ChangeTiming[] };
/**
 * How a trial is counted when the plan changes during it. `keep`: to the day that was promised. `from_start`: the days of the new plan,
 * from when the trial began. `restart`: the days of the new plan, from the change, once.
 */
export type TrialRule = "keep" | "from_start" | "restart";
export type ChangeRules = Readonly<Record<"upgrade" | "downgrade" | "interval", ChangeRule>> & {
  /** Absent: `keep`, as in the releases that wrote none. */
  readonly trial?: TrialRule | undefined;
};

/**
 * The rules of changes of plan, the shop's or one organization's own: the newest row counts, the older ones are what counted
 * before. Append-only.
 */
export const changeRules = pgTable(
  "change_rules",
  {
    id: id(),
    /** Null: the shop's. */
    organizationId: text().references(() => organizations.id, { onDelete: "restrict" }),
    /** Null: the organization goes by the shop's again. */
    rules: jsonb().$type<ChangeRules>(),
    /** Technical time. */
    setAt: instant().notNull(),
  },
  (table) => [
    check("change_rules_of_shop", sql`rules is not null or organization_id is not null`),
    index("change_rules_newest").on(table.organizationId, table.setAt, table.id),
  ],
);
