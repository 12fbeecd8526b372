import { sql } from "drizzle-orm";
import { boolean, check, index, integer, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";
import { ORGANIZATION_ROLES, type OrganizationRole } from "../../server/kernel/actor.ts";
import { type SeatStatus, seatMachine } from "../../server/organizations/seat-status.ts";
import { id, instant, oneOf, statusCheck, transitions } from "../columns.ts";
import { mediaFiles } from "./catalog.ts";
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

/** Somebody in an organization, from when to when: whoever comes back gets a row of its own. Business time. */
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

/** What an organization calls itself and looks like, on its own pages and mails. Shown while it has `hasWhiteLabel`. Business time. */
export const organizationBrands = pgTable(
  "organization_brands",
  {
    organizationId: text()
      .primaryKey()
      .references(() => organizations.id, { onDelete: "restrict" }),
    name: text().notNull(),
    /** `#rrggbb`, on which black or white can be read. */
    color: text().notNull(),
    logoFileId: text().references(() => mediaFiles.id, { onDelete: "restrict" }),
    updatedBy: text()
      .notNull()
      .references(() => users.id, { onDelete: "restrict" }),
    updatedAt: instant().notNull(),
  },
  () => [
    check("organization_brands_name", sql`length(name) between 2 and 100`),
    check("organization_brands_color", sql`color ~ '^#[0-9a-f]{6}$'`),
  ],
);

/**
 * Somebody was asked into an organization, at an address. The link is derived from the shop's secret; only its hash is
 * here. Technical time.
 */
export const organizationInvitations = pgTable(
  "organization_invitations",
  {
    id: id(),
    organizationId: text()
      .notNull()
      .references(() => organizations.id, { onDelete: "restrict" }),
    email: text().notNull(),
    emailNormalized: text().notNull(),
    role: text().$type<OrganizationRole>().notNull(),
    /** The language of whoever invites, for somebody without an account. */
    locale: text().$type<"sv" | "en">().notNull(),
    tokenHash: text().notNull().unique(),
    /** How often its mail was asked for. */
    sendings: integer().notNull().default(1),
    invitedBy: text()
      .notNull()
      .references(() => users.id, { onDelete: "restrict" }),
    expiresAt: instant().notNull(),
    acceptedAt: instant(),
    acceptedBy: text().references(() => users.id, { onDelete: "restrict" }),
    withdrawnAt: instant(),
    createdAt: instant().notNull(),
  },
  (table) => [
    oneOf("organization_invitations_role", table.role, ORGANIZATION_ROLES),
    oneOf("organization_invitations_locale", table.locale, ["sv", "en"]),
    check("organization_invitations_accepted", sql`(accepted_at is null) = (accepted_by is null)`),
    uniqueIndex("organization_invitations_open")
      .on(table.organizationId, table.emailNormalized)
      .where(sql`accepted_at is null and withdrawn_at is null`),
    index("organization_invitations_made").on(table.organizationId, table.createdAt, table.id),
    index("organization_invitations_expiry")
      .on(table.expiresAt)
      .where(sql`accepted_at is null and withdrawn_at is null`),
  ],
);

/** A place in an organization's plan, for whoever was invited or is a member. Business time. */
export const seats = pgTable(
  "seats",
  {
    id: id(),
    organizationId: text()
      .notNull()
      .references(() => organizations.id, { onDelete: "restrict" }),
    /** Who has it; null while an invitation holds it. */
    userId: text().references(() => users.id, { onDelete: "restrict" }),
    invitationId: text().references(() => organizationInvitations.id, { onDelete: "restrict" }),
    status: text().$type<SeatStatus>().notNull(),
    createdAt: instant().notNull(),
  },
  (table) => [
    statusCheck("seats_status", table.status, seatMachine),
    check("seats_taken", sql`coalesce(user_id, invitation_id) is not null`),
    check("seats_claimed", sql`status <> 'claimed' or user_id is not null`),
    uniqueIndex("seats_of_member").on(table.organizationId, table.userId).where(sql`status <> 'revoked'`),
    uniqueIndex("seats_of_invitation").on(table.invitationId).where(sql`status <> 'revoked'`),
    index("seats_organization").on(table.organizationId, table.createdAt, table.id),
  ],
);
export const seatTransitions = transitions(seatMachine);

/** How somebody with an address of a company's domain comes into it: by themselves, or once an owner or admin has let them in. */
export const JOINING_WAYS = ["join", "ask"] as const;
export type JoiningWay = (typeof JOINING_WAYS)[number];

/** A mail domain that a company says is its own: whoever has a proven address there can join. One company's at a time. Business time. */
export const organizationDomains = pgTable(
  "organization_domains",
  {
    id: id(),
    organizationId: text()
      .notNull()
      .references(() => organizations.id, { onDelete: "restrict" }),
    /** As in `users.email_normalized`. */
    domain: text().notNull(),
    way: text().$type<JoiningWay>().notNull(),
    /** Whose proven address showed that it is theirs. */
    claimedBy: text()
      .notNull()
      .references(() => users.id, { onDelete: "restrict" }),
    createdAt: instant().notNull(),
    givenUpAt: instant(),
    /** The same instant where it was given up by itself: so it may come back. */
    lapsedAt: instant(),
  },
  (table) => [
    oneOf("organization_domains_way", table.way, JOINING_WAYS),
    check("organization_domains_domain", sql`length(domain) between 3 and 253 and domain !~ '[@[:space:]]'`),
    uniqueIndex("organization_domains_present").on(table.domain).where(sql`given_up_at is null`),
    index("organization_domains_organization").on(table.organizationId, table.createdAt, table.id),
  ],
);

/** Somebody came into a company by its domain, or asks to. Business time. */
export const organizationJoinRequests = pgTable(
  "organization_join_requests",
  {
    id: id(),
    organizationId: text()
      .notNull()
      .references(() => organizations.id, { onDelete: "restrict" }),
    domain: text().notNull(),
    userId: text()
      .notNull()
      .references(() => users.id, { onDelete: "restrict" }),
    /** They could have joined by themselves, had there been a seat. */
    lackedSeat: boolean().notNull(),
    createdAt: instant().notNull(),
    answeredAt: instant(),
    accepted: boolean(),
    /** Null with an answer: they came in by themselves. */
    answeredBy: text().references(() => users.id, { onDelete: "restrict" }),
  },
  (table) => [
    check("organization_join_requests_answered", sql`(answered_at is null) = (accepted is null)`),
    check("organization_join_requests_refused", sql`accepted is distinct from false or answered_by is not null`),
    uniqueIndex("organization_join_requests_open")
      .on(table.organizationId, table.userId)
      .where(sql`answered_at is null`),
    index("organization_join_requests_user").on(table.userId, table.organizationId),
    index("organization_join_requests_made").on(table.organizationId, table.createdAt, table.id),
  ],
);
