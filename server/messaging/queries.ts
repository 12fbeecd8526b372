import { and, asc, eq, type SQL, sql } from "drizzle-orm";
import { emails, emailTransitions } from "../../drizzle/schema/messaging.ts";
import { countUpTo } from "../kernel/count-up-to.ts";
import type { Tx } from "../kernel/db.ts";
import type { Asked } from "../kernel/input.ts";
import { named, namesIn } from "../kernel/names.ts";
import { keyset, prefixRange } from "../kernel/page.ts";
import { withinDays } from "../kernel/shop-days.ts";
import type { emailListInput } from "./input.ts";

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

/** The mail log, a page at a time, newest first unless asked otherwise. */
export async function listEmails(tx: Tx, input: Asked<typeof emailListInput>) {
  const { createdAt, id } = emails;
  const place = keyset(input, { by: createdAt, id, type: "timestamptz", direction: input.direction ?? "desc" });
  const matching = and(
    input.status ? eq(emails.status, input.status) : undefined,
    input.q ? sql`${emails.id} in (${emailsFoundBy(input.q)})` : undefined,
    withinDays(createdAt, input),
  );
  const rows = await tx
    .select({ ...summary, cursorAt: place.cursorAt })
    .from(emails)
    .where(and(matching, place.condition))
    .orderBy(...place.orderBy)
    .limit(place.limit);
  const total = input.counted ? await countUpTo(tx, sql`from ${emails} where ${matching ?? sql`true`}`) : null;
  return { ...place.page(rows), total };
}

/** The ids that the beginning of an address or template, or a pasted id, stand for; ranges, as in the list of orders. */
function emailsFoundBy(q: string): SQL {
  const typed = prefixRange(q);
  const folded = prefixRange(q.toLowerCase());
  return sql`
    select id from emails where id = ${q} or message_id = ${q}
    union all select id from emails where to_address ~>=~ ${typed.from} and to_address ~<~ ${typed.to}
    union all select id from emails where to_address ~>=~ ${folded.from} and to_address ~<~ ${folded.to}
    union all select id from emails where template ~>=~ ${folded.from} and template ~<~ ${folded.to}`;
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
  const names = await namesIn(
    tx,
    history.map((step) => step.actor),
  );
  return { ...email, history: history.map((step) => named({ ...step, cause: step.reason }, names)) };
}
