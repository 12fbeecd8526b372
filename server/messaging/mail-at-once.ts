import { eq } from "drizzle-orm";
import { emails } from "../../drizzle/schema/messaging.ts";
import type { Ctx } from "../kernel/ctx.ts";
import type { Tx } from "../kernel/db.ts";
import type { Links } from "../kernel/links.ts";
import type { MailTemplates } from "./mail-templates.ts";
import type { Mailer } from "./mailer.ts";
import { enqueueSending, type QueuedEmail, writeEmail } from "./queue-email.ts";
import { mintSecretLink } from "./secret-link.ts";
import { deliver, letterOf } from "./send-email.ts";

/** What a job needs to write to somebody. */
export type MailPorts = { readonly mailer: Mailer; readonly templates: MailTemplates; readonly links: Links };

/** When a job tries what the mail server did not take: about as soon as the queue itself tries again. */
const AGAIN_AFTER_MS = 3_000;

/**
 * Writes to somebody, for a job that has nothing else to do: the mail is put into the outbox as one that is being sent, and goes
 * out here, instead of by a job of its own that reads and claims it first. Once per `dedupeKey`. What the mail server did not take, or
 * nobody knows of, goes back to the queue with a job that tries again under the same Message-ID; a final no makes it
 * failed and tells staff. A process that dies meanwhile leaves it to whoever does the job again, or to the sweep: it is sent when
 * that sending is surely over. Worker only. Throws what has nothing to do with the mail server.
 */
export async function mailAtOnce(ctx: Ctx<MailPorts>, email: QueuedEmail): Promise<void> {
  const write = async (tx: Tx) => {
    const claimedAt = ctx.technical.now();
    const row = await writeEmail(tx, email, claimedAt);
    if (!row) return takeUpAgain(tx, email.dedupeKey);
    const link = await mintSecretLink(tx, ctx.providers.links, row, claimedAt);
    return { id: row.id, claimed: { mail: letterOf(row, link), attempts: 1 } };
  };
  const { dedupeKey } = email;
  const written = await ctx.db.transaction(write, { together: { of: "email.written", about: [dedupeKey] } });
  if (!written) return;
  const again = new Date(ctx.technical.now().getTime() + AGAIN_AFTER_MS);
  await deliver(ctx, written.id, written.claimed, again);
}

/** Somebody wrote it before and may have died while it was sent: then a job sees to it. */
async function takeUpAgain(tx: Tx, dedupeKey: string): Promise<null> {
  const { id, status } = emails;
  const [known] = await tx.select({ id, status }).from(emails).where(eq(emails.dedupeKey, dedupeKey));
  if (known?.status === "queued" || known?.status === "sending") await enqueueSending(tx, known.id);
  return null;
}
