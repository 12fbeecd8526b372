import { emails } from "../../drizzle/schema/messaging.ts";
import type { Tx } from "../kernel/db.ts";
import { newId } from "../kernel/id.ts";
import { enqueue } from "../kernel/job.ts";
import { begin } from "../kernel/machine.ts";
import { emailMachine } from "./email-status.ts";
import { sendEmailJob } from "./jobs.ts";
import type { RenderedEmail } from "./mail-templates.ts";
import type { LinkColumns, SecretLink } from "./secret-link.ts";

export type QueuedEmail = {
  /** Rendered before the transaction. */
  readonly mail: RenderedEmail;
  /** The business fact it tells of, e.g. `order-confirmation:ord_…`: told once. */
  readonly dedupeKey: string;
  readonly to: string;
  readonly customerId: string | null;
  /** The account its link is for; null for guests. */
  readonly userId: string | null;
  /** What the placeholder in it becomes when it is sent; null where it has none. */
  readonly link: SecretLink | null;
  /** Why it is sent, for staff: a few English words. */
  readonly cause: string;
};

/**
 * Puts a mail into the outbox, in the transaction of the fact it tells of: it is sent if and only if that commits.
 * Idempotent by `dedupeKey`. Enqueues the sending. Returns the mail's id, or null when it had been queued before.
 */
export async function queueEmail(tx: Tx, email: QueuedEmail): Promise<string | null> {
  const row = await writeEmail(tx, email);
  if (row) await enqueueSending(tx, row.id);
  return row?.id ?? null;
}

/** Writes a mail's row, once per `dedupeKey`: null when it is there. `claimedAt`: whoever writes it sends it, from then on. */
export async function writeEmail(tx: Tx, email: QueuedEmail, claimedAt?: Date): Promise<NewEmail | null> {
  const { mail, link } = email;
  const id = newId("eml");
  const status = claimedAt ? "sending" : emailMachine.initial;
  const row = {
    id,
    dedupeKey: email.dedupeKey,
    template: mail.template,
    locale: mail.locale,
    toAddress: email.to,
    customerId: email.customerId,
    userId: email.userId,
    linkPurpose: link?.purpose ?? null,
    linkSubject: link && subjectOf(link),
    subject: mail.subject,
    html: mail.html,
    text: mail.text,
    status,
    messageId: `<${id}@${mail.host}>`,
    cause: email.cause,
    createdAt: tx.scope.now,
    ...(claimedAt && { claimedAt, attempts: 1 }),
  };
  const inserted = await tx
    .insert(emails)
    .values(row)
    .onConflictDoNothing({ target: emails.dedupeKey })
    .returning({ id: emails.id });
  if (inserted.length === 0) return null;
  await begin(tx, emailMachine, { id, to: status });
  return row;
}

/** A mail as it was just written. */
export type NewEmail = LinkColumns &
  Pick<typeof emails.$inferSelect, "id" | "messageId" | "subject" | "locale" | "html" | "text" | "createdAt">;

function subjectOf(link: SecretLink): string | null {
  if ("checkoutId" in link) return link.checkoutId;
  if ("subscriptionId" in link) return link.subscriptionId;
  return "invitationId" in link ? link.invitationId : null;
}

/** At most one sending of a mail waits at a time; asking again brings it forward. `runAt`: technical time. */
export async function enqueueSending(tx: Tx, emailId: string, runAt?: Date): Promise<void> {
  await enqueue(tx, sendEmailJob, { emailId }, { key: `${sendEmailJob.name}:${emailId}`, ...(runAt && { runAt }) });
}
