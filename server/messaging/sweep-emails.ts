import { and, asc, eq, isNull, lt, or } from "drizzle-orm";
import { emails } from "../../drizzle/schema/messaging.ts";
import type { Ctx } from "../kernel/ctx.ts";
import { transition } from "../kernel/machine.ts";
import { emailMachine } from "./email-status.ts";
import { SENDING_LOST_AFTER_MS } from "./jobs.ts";
import { enqueueSending } from "./queue-email.ts";

const MINUTE = 60_000;
/** Longer than the queue ever waits between two tries. */
const FORGOTTEN_AFTER = 7 * 60 * MINUTE;
const BATCH = 100;

/**
 * Finds mails that a killed process left behind: claimed and never heard of again (queued once more, same Message-ID), or
 * queued with no job that would send them. By real time, since a moved clock makes no mail late. Idempotent, bounded;
 * returns how many it took up.
 */
export async function sweepEmails(ctx: Ctx): Promise<number> {
  return ctx.db.transaction(async (tx) => {
    const at = ctx.technical.now().getTime();
    const lost = await tx
      .select({ id: emails.id })
      .from(emails)
      .where(and(eq(emails.status, "sending"), lt(emails.claimedAt, new Date(at - SENDING_LOST_AFTER_MS))))
      .orderBy(asc(emails.claimedAt))
      .limit(BATCH)
      .for("update", { skipLocked: true });
    for (const { id } of lost)
      await transition(tx, emailMachine, { id, event: "requeued", reason: "its sending never came back" });

    const forgotten = await tx
      .select({ id: emails.id })
      .from(emails)
      .where(
        and(
          eq(emails.status, "queued"),
          or(
            lt(emails.claimedAt, new Date(at - FORGOTTEN_AFTER)),
            and(isNull(emails.claimedAt), lt(emails.createdAt, new Date(at - FORGOTTEN_AFTER))),
          ),
        ),
      )
      .orderBy(asc(emails.id))
      .limit(BATCH);
    const found = new Set([...lost, ...forgotten].map((row) => row.id));
    for (const id of found) await enqueueSending(tx, id);
    return found.size;
  });
}
