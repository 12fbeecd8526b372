import { eq } from "drizzle-orm";
import { emails } from "../../drizzle/schema/messaging.ts";
import { recordAct } from "../kernel/audit.ts";
import type { Ctx } from "../kernel/ctx.ts";
import { newId } from "../kernel/id.ts";
import { begin, transition } from "../kernel/machine.ts";
import { emailMachine } from "./email-status.ts";
import { messagingErrors } from "./errors.ts";
import { enqueueSending } from "./queue-email.ts";

/**
 * Staff send a mail again. One that failed goes back to the queue; of one that was sent a copy goes out under a new
 * Message-ID (mailboxes would hide a second one under the same), with a new secret link. Writes the audit entry and
 * enqueues the sending in one transaction. Returns the id of the mail that goes out.
 * Idempotent by `formKey`, where there is one. Throws `messaging.email_not_found`, or `messaging.email_on_its_way` while it is queued or being sent.
 */
export async function resendEmail(
  ctx: Ctx,
  request: { readonly id: string; readonly reason: string; readonly formKey?: string },
): Promise<string> {
  return ctx.db.transaction(async (tx) => {
    const [row] = await tx.select().from(emails).where(eq(emails.id, request.id)).for("update");
    if (!row) throw messagingErrors.notFound();
    if (row.status === "queued" || row.status === "sending") throw messagingErrors.onItsWay();
    await recordAct(tx, { action: "email.resend", subject: row.id, reason: request.reason });
    if (row.status === "failed") {
      await transition(tx, emailMachine, { id: row.id, event: "requeued", reason: request.reason });
      await enqueueSending(tx, row.id);
      return row.id;
    }
    const id = newId("eml");
    const made = await tx
      .insert(emails)
      .values({
        ...row,
        id,
        dedupeKey: `${row.dedupeKey}:again:${request.formKey ?? id}`,
        messageId: row.messageId.replace(/^<[^@]*/, `<${id}`),
        status: emailMachine.initial,
        cause: `sent again by staff (${row.id})`,
        attempts: 0,
        lastError: null,
        claimedAt: null,
        sentAt: null,
        createdAt: ctx.now(),
      })
      .onConflictDoNothing({ target: emails.dedupeKey })
      .returning({ id: emails.id });
    if (made.length === 0) throw messagingErrors.onItsWay();
    await begin(tx, emailMachine, { id, reason: request.reason });
    await enqueueSending(tx, id);
    return id;
  });
}
