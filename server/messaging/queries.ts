import { and, asc, desc, eq, ilike, lt, or, type SQL } from "drizzle-orm";
import { emails, emailTransitions } from "../../drizzle/schema/messaging.ts";
import type { Tx } from "../kernel/db.ts";
import type { EmailStatus } from "./email-status.ts";

const summary = {
  id: emails.id,
  template: emails.template,
  locale: emails.locale,
  to: emails.toAddress,
  subject: emails.subject,
  status: emails.status,
  cause: emails.cause,
  attempts: emails.attempts,
  customerId: emails.customerId,
  createdAt: emails.createdAt,
  sentAt: emails.sentAt,
};

export type EmailSummary = Awaited<ReturnType<typeof listEmails>>["items"][number];

/** The mail log, newest first, a page at a time. `q` looks in address, template, subject and id. */
export async function listEmails(tx: Tx, filter: { status?: EmailStatus; q?: string; cursor?: string; limit: number }) {
  const conditions: (SQL | undefined)[] = [
    filter.status ? eq(emails.status, filter.status) : undefined,
    filter.q ? matches(filter.q) : undefined,
    filter.cursor ? lt(emails.id, filter.cursor) : undefined,
  ];
  const rows = await tx
    .select(summary)
    .from(emails)
    .where(and(...conditions))
    .orderBy(desc(emails.id))
    .limit(filter.limit + 1);
  const items = rows.slice(0, filter.limit);
  return { items, nextCursor: rows.length > filter.limit ? (items.at(-1)?.id ?? null) : null };
}

function matches(q: string): SQL | undefined {
  const pattern = `%${q.replaceAll(/[\\%_]/g, "\\$&")}%`;
  return or(
    ilike(emails.toAddress, pattern),
    ilike(emails.template, pattern),
    ilike(emails.subject, pattern),
    eq(emails.id, q),
  );
}

/** One mail with the copy as stored (its secret link is a placeholder there) and its history. Null when there is none. */
export async function getEmail(tx: Tx, id: string) {
  const [email] = await tx
    .select({
      ...summary,
      html: emails.html,
      text: emails.text,
      linkPurpose: emails.linkPurpose,
      messageId: emails.messageId,
      dedupeKey: emails.dedupeKey,
      userId: emails.userId,
      lastError: emails.lastError,
    })
    .from(emails)
    .where(eq(emails.id, id));
  if (!email) return null;
  const { event, fromState, toState, actor, reason, at } = emailTransitions;
  const history = await tx
    .select({ event, fromState, toState, actor, reason, at })
    .from(emailTransitions)
    .where(eq(emailTransitions.subjectId, id))
    .orderBy(asc(emailTransitions.id));
  return { ...email, history };
}
