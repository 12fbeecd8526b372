import { and, eq, isNull, sql } from "drizzle-orm";
import { organizationJoinRequests } from "../../drizzle/schema/organizations.ts";
import type { Session } from "../identity/index.ts";
import { recordAct } from "../kernel/audit.ts";
import type { Ctx } from "../kernel/ctx.ts";
import { newId } from "../kernel/id.ts";
import { enqueue } from "../kernel/job.ts";
import { endExpired } from "./end-invitations.ts";
import { organizationErrors } from "./errors.ts";
import { answerNewcomerJob } from "./jobs.ts";
import { MANAGERS, requireCompany } from "./standing.ts";

/**
 * Lets somebody in who asks: they are a member from now on, with a seat. Owners and admins may. Of two who answer at once
 * one does. Recorded. Enqueues the mail to whoever asked. Throws `organizations.no_seat` (the request stays open),
 * `organizations.request_not_found`, `organizations.role_missing`, `organizations.not_found`, `organizations.personal`.
 */
export async function letIn(ctx: Ctx, wish: { organizationId: string; requestId: string }): Promise<void> {
  const { organizationId, requestId } = wish;
  await ctx.db.transaction(async (tx) => {
    await requireCompany(tx, { organizationId, roles: MANAGERS });
    await endExpired(tx, { at: ctx.technical.now(), organizationId });
    const [row] = await tx.execute<{ outcome: string }>(sql`
      select app.let_in(${organizationId}, ${requestId}, array[${newId("omb")}, ${newId("sea")}],
        ${tx.scope.now.toISOString()}::timestamptz) as outcome`);
    const outcome = row?.outcome ?? "gone";
    if (outcome === "gone") throw organizationErrors.requestNotFound();
    if (outcome === "no_seat") throw organizationErrors.noSeat();
    await recordAct(tx, { action: "organizations.let_in", subject: organizationId, reason: outcome });
    await enqueue(tx, answerNewcomerJob, { requestId });
  });
}

/**
 * Says no to somebody who asks: the company is not offered to them any more, and they can still be invited. Owners and admins
 * may. Recorded. Enqueues the mail to whoever asked. Throws `organizations.request_not_found`, `organizations.role_missing`,
 * `organizations.not_found`, `organizations.personal`.
 */
export async function refuseAsker(
  ctx: Ctx,
  wish: { organizationId: string; requestId: string; session: Session },
): Promise<void> {
  const { organizationId, requestId, session } = wish;
  await ctx.db.transaction(async (tx) => {
    await requireCompany(tx, { organizationId, roles: MANAGERS });
    const { id, answeredAt, userId } = organizationJoinRequests;
    const open = and(eq(organizationJoinRequests.organizationId, organizationId), isNull(answeredAt));
    const [refused] = await tx
      .update(organizationJoinRequests)
      .set({ answeredAt: tx.scope.now, accepted: false, answeredBy: session.userId })
      .where(and(eq(id, requestId), open))
      .returning({ userId });
    if (!refused) throw organizationErrors.requestNotFound();
    await recordAct(tx, { action: "organizations.refuse_asker", subject: organizationId, reason: refused.userId });
    await enqueue(tx, answerNewcomerJob, { requestId });
  });
}
