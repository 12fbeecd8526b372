import { sql } from "drizzle-orm";
import { index, integer, pgTable, text } from "drizzle-orm/pg-core";
import { type EmailStatus, emailMachine } from "../../server/messaging/email-status.ts";
import { id, instant, statusCheck, transitions } from "../columns.ts";
import { customers, users } from "./identity.ts";

/** The outbox of mail, with the copy that is sent. A secret link is a placeholder here and minted when it is sent. */
export const emails = pgTable(
  "emails",
  {
    id: id(),
    /** The business fact it tells of, e.g. `order-confirmation:ord_…`: told once. */
    dedupeKey: text().notNull().unique(),
    template: text().notNull(),
    locale: text().$type<"sv" | "en">().notNull(),
    toAddress: text().notNull(),
    customerId: text().references(() => customers.id, { onDelete: "restrict" }),
    userId: text().references(() => users.id, { onDelete: "restrict" }),
    /** What the link in it is for; null: no secret link. */
    linkPurpose: text().$type<
      | "verify_email"
      | "reset_password"
      | "view_order"
      | "withdraw"
      | "change_email"
      | "undo_email_change"
      | "staff_invitation"
      | "organization_invitation"
      | "change_card"
    >(),
    /** What the link leads to, e.g. the checkout whose order it shows. */
    linkSubject: text(),
    subject: text().notNull(),
    html: text().notNull(),
    text: text().notNull(),
    status: text().$type<EmailStatus>().notNull(),
    messageId: text().notNull().unique(),
    cause: text().notNull(),
    attempts: integer().notNull().default(0),
    lastError: text(),
    claimedAt: instant(),
    createdAt: instant().notNull(),
    sentAt: instant(),
  },
  (table) => [
    statusCheck("emails_status", table.status, emailMachine),
    index("emails_created").on(table.createdAt, table.id),
    index("emails_status_created").on(table.status, table.createdAt, table.id),
    index("emails_address_prefix").on(table.toAddress.op("text_pattern_ops")),
    index("emails_template_prefix").on(table.template.op("text_pattern_ops")),
    index("emails_customer").on(table.customerId),
    index("emails_user").on(table.userId),
    index("emails_sent").on(table.sentAt).where(sql`sent_at is not null`),
  ],
);
export const emailTransitions = transitions(emailMachine);
