import { inArray } from "drizzle-orm";
import { emails } from "../../drizzle/schema/messaging.ts";
import type { Ctx } from "../kernel/ctx.ts";
import { DomainError } from "../kernel/errors.ts";
import { resendEmail } from "./resend-email.ts";

/** How many mails go (or would go) out again, and how many do not: those that are on their way already, or are no more. */
export type ManySent = { readonly sent: number; readonly skipped: number };

/**
 * Staff send many mails again, each like `resendEmail` and for itself: one that is on its way is skipped. `dryRun` only
 * counts. Idempotent by `formKey`: pressed twice, each goes out once.
 */
export async function resendEmails(
  ctx: Ctx,
  request: {
    readonly ids: readonly string[];
    readonly reason: string;
    readonly formKey: string;
    readonly dryRun: boolean;
  },
): Promise<ManySent> {
  const ids = [...new Set(request.ids)];
  if (request.dryRun) {
    const found = await ctx.db.transaction(
      (tx) => tx.select({ status: emails.status }).from(emails).where(inArray(emails.id, ids)),
      { readOnly: true },
    );
    const sent = found.filter(({ status }) => status !== "queued" && status !== "sending").length;
    return { sent, skipped: ids.length - sent };
  }
  let sent = 0;
  for (const id of ids) if (await sendOne(ctx, { ...request, id })) sent += 1;
  return { sent, skipped: ids.length - sent };
}

async function sendOne(ctx: Ctx, request: { id: string; reason: string; formKey: string }): Promise<boolean> {
  try {
    await resendEmail(ctx, request);
    return true;
  } catch (error) {
    const known = error instanceof DomainError && (error.kind === "conflict" || error.kind === "not_found");
    if (known) return false;
    throw error;
  }
}
