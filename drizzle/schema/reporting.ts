import { sql } from "drizzle-orm";
import { check, index, pgTable, primaryKey, text, uniqueIndex } from "drizzle-orm/pg-core";
import { CUSTOMER_FLAGS, type CustomerFlag } from "../../server/reporting/customer-flag-status.ts";
import { id, instant, oneOf } from "../columns.ts";
import { customers, users } from "./identity.ts";

/** A list as a member of staff left it: its filters and order under a name of their own. Technical time. */
export const savedViews = pgTable(
  "saved_views",
  {
    id: id(),
    userId: text()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    /** The list's name, e.g. `orders`. */
    list: text().notNull(),
    name: text().notNull(),
    /** The address's query in its canonical form, without a place in the list. */
    query: text().notNull(),
    createdAt: instant().notNull(),
  },
  (table) => [
    uniqueIndex("saved_views_name").on(table.userId, table.list, table.name),
    check("saved_views_sizes", sql`char_length(name) between 1 and 60 and char_length(query) <= 2000`),
  ],
);

/** What staff wrote down about a customer. Append-only; a guest's notes are read with the account that claimed it. */
export const customerNotes = pgTable(
  "customer_notes",
  {
    id: id(),
    aboutId: text()
      .notNull()
      .references(() => customers.id, { onDelete: "restrict" }),
    authorId: text()
      .notNull()
      .references(() => users.id, { onDelete: "restrict" }),
    text: text().notNull(),
    at: instant().notNull(),
  },
  (table) => [
    index("customer_notes_about").on(table.aboutId, table.at),
    check("customer_notes_size", sql`char_length(text) between 1 and 4000`),
  ],
);

/** What staff must know at a glance about a customer: a closed set of words. Setting and clearing is audited. */
export const customerFlags = pgTable(
  "customer_flags",
  {
    aboutId: text()
      .notNull()
      .references(() => customers.id, { onDelete: "restrict" }),
    flag: text().$type<CustomerFlag>().notNull(),
    setBy: text()
      .notNull()
      .references(() => users.id, { onDelete: "restrict" }),
    setAt: instant().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.aboutId, table.flag] }),
    oneOf("customer_flags_flag", table.flag, CUSTOMER_FLAGS),
  ],
);
