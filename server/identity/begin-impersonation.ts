import { sql } from "drizzle-orm";
import { impersonations } from "../../drizzle/schema/identity.ts";
import { recordAct } from "../kernel/audit.ts";
import type { Ctx } from "../kernel/ctx.ts";
import { newId } from "../kernel/id.ts";
import { identityErrors } from "./errors.ts";
import type { Session } from "./session.ts";

const MINUTES = 30;

/**
 * Lets a member of staff see the shop as a customer sees it, for thirty minutes and for a reason that is recorded. Reading
 * only: every change is refused until it ends. Not as somebody else who works here.
 * Throws `identity.customer_not_found`, `identity.not_allowed`.
 */
export async function beginImpersonation(
  ctx: Ctx,
  wish: { session: Session; customerId: string; reason: string },
): Promise<void> {
  const { session, customerId, reason } = wish;
  const at = ctx.technical.now();
  await ctx.db.transaction(async (tx) => {
    const [user] = await tx.execute<{ id: string; staff_role: string | null }>(
      sql`select u.id, u.staff_role from customers c join users u on u.id = c.user_id where c.id = ${customerId}`,
    );
    if (!user) throw identityErrors.customerNotFound();
    if (user.staff_role !== null) throw identityErrors.notAllowed();
    await tx.execute(
      sql`update impersonations set ended_at = ${at.toISOString()}::timestamptz where session_id = ${session.id} and ended_at is null`,
    );
    await tx.insert(impersonations).values({
      id: newId("imp"),
      sessionId: session.id,
      staffUserId: session.userId,
      asCustomerId: customerId,
      reason,
      startedAt: at,
      expiresAt: new Date(at.getTime() + MINUTES * 60_000),
    });
    await recordAct(tx, { action: "identity.impersonation_begun", subject: customerId, reason });
  });
}
