import { and, eq, isNull } from "drizzle-orm";
import { emails } from "../../drizzle/schema/messaging.ts";
import { alerts } from "../../drizzle/schema/webhooks.ts";
import { raiseAlert } from "../kernel/alert.ts";
import type { Ctx } from "../kernel/ctx.ts";
import type { Tx } from "../kernel/db.ts";
import { DomainError, ProviderError } from "../kernel/errors.ts";
import type { Links } from "../kernel/links.ts";
import { transition, transitionAll } from "../kernel/machine.ts";
import { send } from "../kernel/send.ts";
import { writtenOnce } from "../kernel/written-once.ts";
import { emailMachine } from "./email-status.ts";
import { SEND_ATTEMPTS, SENDING_LOST_AFTER_MS } from "./jobs.ts";
import type { Mailer, OutgoingMail } from "./mailer.ts";
import { enqueueSending, type NewEmail } from "./queue-email.ts";
import { fillSecretLink, mintSecretLink } from "./secret-link.ts";

const FAILED_ALERT = "messaging.email_failed";

type SendCtx = Ctx<{ mailer: Mailer; links: Links }>;
export type SendOutcome = "sent" | "failed" | "not_queued";

/**
 * Sends one mail of the outbox. It is claimed first (queued → sending, under the row's lock), so two of these never send
 * the same mail at once; its secret link is made then. When the mail server did not take it, or nobody knows, it goes back
 * to the queue and this throws, so that the job tries again with the same Message-ID. A final no, or the last of
 * {@link SEND_ATTEMPTS}, makes it failed and tells staff. One whose sending was cut off (its process died) goes out again as
 * soon as that sending is surely over, as the same letter. A mail that is not queued is left alone.
 */
export async function sendEmail(ctx: SendCtx, { emailId }: { emailId: string }): Promise<SendOutcome> {
  const claimed = await claim(ctx, emailId);
  if (!claimed) return "not_queued";
  const { outcome, error } = await deliver(ctx, emailId, claimed);
  if (outcome === "requeued") throw error;
  return outcome;
}

export type ClaimedEmail = { readonly mail: OutgoingMail; readonly attempts: number };
type Delivered =
  | { readonly outcome: "sent" | "failed"; readonly error?: undefined }
  | { readonly outcome: "requeued"; readonly error: ProviderError };

/**
 * Hands a claimed mail to the mail server and notes what came of it: `requeued` where it was not taken, or nobody knows, and it
 * may be tried again; with `again` a job does so from then on. Throws what has nothing to do with the mail server.
 */
export async function deliver(ctx: SendCtx, id: string, claimed: ClaimedEmail, again?: Date): Promise<Delivered> {
  try {
    await ctx.providers.mailer.send(claimed.mail);
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    const outcome = await giveUpOrRequeue(ctx, id, claimed.attempts, error, again);
    return outcome === "failed" ? { outcome } : { outcome, error };
  }
  const note = async (tx: Tx) => {
    const alongside = { sent_at: ctx.now().toISOString(), last_error: null };
    const sent = transition(tx, emailMachine, { id, event: "sent", alongside });
    const told = and(eq(alerts.kind, FAILED_ALERT), eq(alerts.subject, id), isNull(alerts.resolvedAt));
    // Of one that goes out at its first try nobody was told.
    if (claimed.attempts > 1) send(tx, tx.update(alerts).set({ resolvedAt: ctx.now() }).where(told));
    await sent;
  };
  await ctx.db.transaction(note, { together: { of: "email.sent", about: [id] } });
  return { outcome: "sent" };
}

const claimedMail = writtenOnce(["id"], (tx, values) => tx.select().from(emails).where(eq(emails.id, values.id)));

async function claim(ctx: SendCtx, id: string): Promise<ClaimedEmail | null> {
  try {
    const take = async (tx: Tx) => {
      const claimedAt = ctx.technical.now();
      const alongside = { claimed_at: claimedAt.toISOString(), attempts: { sql: "target.attempts + 1" } };
      // In one packet: what is read is what was claimed.
      const [[mine], [found]] = await Promise.all([
        transitionAll(tx, emailMachine, { ids: [id], event: "claimed", alongside }),
        claimedMail(tx, { id }),
      ]);
      let row = found;
      if (mine === undefined) {
        if (await isBeingSent(tx, claimedAt, id)) return null;
        await transition(tx, emailMachine, { id, event: "claimed", alongside });
        [row] = await claimedMail(tx, { id });
      }
      if (!row) return null;
      const link = await mintSecretLink(tx, ctx.providers.links, row, claimedAt);
      return { mail: letterOf(row, link), attempts: row.attempts };
    };
    return await ctx.db.transaction(take, { together: { of: "email.claimed", about: [id] } });
  } catch (error) {
    if (error instanceof DomainError && /^email\.(illegal_transition|not_found)$/.test(error.code)) return null;
    throw error;
  }
}

/** A stored mail as it goes out, with its real link. */
export function letterOf(row: NewEmail, link: string | null): OutgoingMail {
  const { messageId, toAddress: to, subject, locale, createdAt: date } = row;
  return { messageId, to, subject, locale, date, ...fillSecretLink(row, link) };
}

/**
 * Whether somebody sends it at this moment. Then this comes back when that is over, should nobody live to tell; a sending
 * that is over by the clock and told nobody is taken back first.
 */
async function isBeingSent(tx: Tx, now: Date, id: string): Promise<boolean> {
  const [row] = await tx
    .select({ status: emails.status, claimedAt: emails.claimedAt })
    .from(emails)
    .where(eq(emails.id, id))
    .for("update");
  if (row?.status !== "sending") return false;
  const over = new Date((row.claimedAt ?? now).getTime() + SENDING_LOST_AFTER_MS);
  if (over > now) {
    await enqueueSending(tx, id, over);
    return true;
  }
  await transition(tx, emailMachine, { id, event: "requeued", reason: "its sending never came back" });
  return false;
}

async function giveUpOrRequeue(
  ctx: SendCtx,
  id: string,
  attempts: number,
  error: ProviderError,
  again?: Date,
): Promise<"failed" | "requeued"> {
  const final = error.reason === "rejected" || attempts >= SEND_ATTEMPTS;
  await ctx.db.transaction(async (tx) => {
    await transition(tx, emailMachine, {
      id,
      event: final ? "failed" : "requeued",
      reason: `${error.reason}: ${error.message}`,
    });
    await tx.update(emails).set({ lastError: error.message }).where(eq(emails.id, id));
    if (final)
      await raiseAlert(tx, {
        kind: FAILED_ALERT,
        subject: id,
        detail: `A mail could not be delivered: ${error.message}`,
      });
    else if (again) await enqueueSending(tx, id, again);
  });
  return final ? "failed" : "requeued";
}
