import { sql } from "drizzle-orm";
import { check, index, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";
import { ORGANIZATION_ROLES, type OrganizationRole } from "../../server/kernel/actor.ts";
import { id, instant, oneOf } from "../columns.ts";
import { customers, users } from "./identity.ts";

export const ORGANIZATION_KINDS = ["personal", "company"] as const;

/**
 * Who has a plan and what comes with it. Everybody with an account has a personal one (a trigger on `users` makes it, with
 * an id that follows from the account's); companies are founded. Business time.
 */
export const organizations = pgTable(
  "organizations",
  {
    id: id(),
    kind: text().$type<(typeof ORGANIZATION_KINDS)[number]>().notNull(),
    /** Null: a personal one, called as its person is. */
    name: text(),
    /** What a name is searched by. */
    nameFolded: text().generatedAlwaysAs(sql`lower(name)`),
    /** Who pays, which is not who uses. Null: nobody yet, as for staff who never bought anything. */
    billingCustomerId: text().references(() => customers.id, { onDelete: "restrict" }),
    createdBy: text()
      .notNull()
      .references(() => users.id, { onDelete: "restrict" }),
    createdAt: instant().notNull(),
    closedAt: instant(),
  },
  (table) => [
    oneOf("organizations_kind", table.kind, ORGANIZATION_KINDS),
    check("organizations_named", sql`(kind = 'personal') = (name is null)`),
    check("organizations_personal_open", sql`kind = 'company' or closed_at is null`),
    uniqueIndex("organizations_personal").on(table.createdBy).where(sql`kind = 'personal'`),
    index("organizations_billing_customer").on(table.billingCustomerId),
    index("organizations_created").on(table.createdAt, table.id),
    index("organizations_name_prefix").on(table.nameFolded.op("text_pattern_ops")),
  ],
);

/** Somebody in an organisation, from when to when: whoever comes back gets a row of its own. Business time. */
export const organizationMembers = pgTable(
  "organization_members",
  {
    id: id(),
    organizationId: text()
      .notNull()
      .references(() => organizations.id, { onDelete: "restrict" }),
    userId: text()
      .notNull()
      .references(() => users.id, { onDelete: "restrict" }),
    role: text().$type<OrganizationRole>().notNull(),
    joinedAt: instant().notNull(),
    leftAt: instant(),
  },
  (table) => [
    oneOf("organization_members_role", table.role, ORGANIZATION_ROLES),
    uniqueIndex("organization_members_present").on(table.organizationId, table.userId).where(sql`left_at is null`),
    index("organization_members_user").on(table.userId).where(sql`left_at is null`),
    index("organization_members_joined").on(table.organizationId, table.joinedAt, table.id),
  ],
);
