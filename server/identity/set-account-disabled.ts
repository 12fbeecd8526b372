import { sql } from "drizzle-orm";
import { recordAct } from "../kernel/audit.ts";
import type { Ctx } from "../kernel/ctx.ts";
import { emit } from "../kernel/event.ts";
import { identityErrors } from "./errors.ts";
import { staffOutcome } from "./staff-outcome.ts";

/**
 * Shuts an account, or opens it again, for a reason that is recorded. Its sessions end at once in every process, and
 * nobody signs in to it. Emits `user.access_changed`. Support shuts customers' accounts, the owner also staff's; nobody their own. Idempotent.
 * Throws `identity.customer_not_found`, `identity.not_allowed`, `identity.last_owner`.
 */
export async function setAccountDisabled(
  ctx: Ctx,
  act: { customerId: string; disabled: boolean; reason: string },
): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const [customer] = await tx.execute<{ user_id: string | null }>(
      sql`select user_id from customers where id = ${act.customerId}`,
    );
    if (!customer?.user_id) throw identityErrors.customerNotFound();
    const at = ctx.technical.now().toISOString();
    const [row] = await tx.execute<{ outcome: string }>(
      sql`select app.set_account_disabled(${customer.user_id}, ${act.disabled}, ${at}::timestamptz) as outcome`,
    );
    staffOutcome(row?.outcome);
    await emit(tx, { name: "user.access_changed", id: customer.user_id });
    const action = act.disabled ? "identity.account_disabled" : "identity.account_enabled";
    await recordAct(tx, { action, subject: act.customerId, reason: act.reason });
  });
}
