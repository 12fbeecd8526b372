import { sql } from "drizzle-orm";
import { recordAct } from "../kernel/audit.ts";
import type { Ctx } from "../kernel/ctx.ts";
import { newId } from "../kernel/id.ts";
import { enqueue } from "../kernel/job.ts";
import { organizationErrors } from "./errors.ts";
import { tellOfNewcomerJob } from "./jobs.ts";

/** `joined`: they are in, with a seat. `asked`: an owner or admin answers. `full`: the same, since no seat was free. */
export type Joining = { readonly outcome: "joined" | "asked" | "full" };

/**
 * Somebody comes into the company that has claimed the domain of their proven address: as a member, in a seat; where people
 * ask, where they were in it before, or where no seat is free, they ask and an owner or admin answers. An open invitation to
 * the address counts first, with its role. Idempotent: pressed twice, or by two at once, it is one membership and one seat, and never
 * more than there are. Recorded once they are in. Enqueues the mails to owners and admins. Throws
 * `organizations.not_joinable`, the same for a company that is not theirs, that does not exist, or that has refused them.
 */
export async function joinByDomain(ctx: Ctx, wish: { organizationId: string; userId: string }): Promise<Joining> {
  const { organizationId, userId } = wish;
  const requestId = newId("ojr");
  return ctx.db.transaction(async (tx) => {
    const at = ctx.technical.now().toISOString();
    const [row] = await tx.execute<{ outcome: Joining["outcome"] | "gone"; fresh: boolean }>(sql`
      select outcome, fresh from app.join_by_domain(${organizationId}, array[${newId("omb")}, ${newId("sea")}, ${requestId}],
        ${at}::timestamptz, ${tx.scope.now.toISOString()}::timestamptz)`);
    if (!row || row.outcome === "gone") throw organizationErrors.notJoinable();
    const { outcome, fresh } = row;
    if (fresh) {
      if (outcome === "joined")
        await recordAct(tx, { action: "organizations.join_by_domain", subject: organizationId, reason: userId });
      await enqueue(tx, tellOfNewcomerJob, { requestId });
    }
    return { outcome };
  });
}
