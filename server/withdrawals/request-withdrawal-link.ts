import { sql } from "drizzle-orm";
import { answerEvenly, EVEN_MILLISECONDS, type RateLimits } from "../identity/index.ts";
import type { Ctx } from "../kernel/ctx.ts";
import { normalizeEmail } from "../kernel/email-address.ts";
import { enqueue } from "../kernel/job.ts";
import { sendWithdrawalLinkJob } from "./jobs.ts";

/**
 * Has the link to take an order back mailed to the address it was bought with, when number and address belong together. The
 * same answer after the same time when they do not: nobody learns whether an order exists. At most five an hour for one
 * address. Throws `identity.too_many_attempts` for the caller's address only.
 */
export async function requestWithdrawalLink(
  ctx: Ctx<{ rateLimits: RateLimits }>,
  request: { readonly number: string; readonly email: string; readonly ip: string },
): Promise<void> {
  const { rateLimits } = ctx.providers;
  await rateLimits.consume("mail_address", request.ip);
  await answerEvenly(EVEN_MILLISECONDS, async () => {
    if (!(await rateLimits.allows("mail_account", normalizeEmail(request.email)))) return;
    await ctx.db.transaction(async (tx) => {
      const [found] = await tx.execute<{ order_id: string }>(
        sql`select order_id from app.order_lookup(${request.number}, ${request.email})`,
      );
      if (found) await enqueue(tx, sendWithdrawalLinkJob, { orderId: found.order_id });
    });
  });
}
