import { sql } from "drizzle-orm";
import type { StaffRole } from "../kernel/actor.ts";
import { recordAct } from "../kernel/audit.ts";
import type { Ctx } from "../kernel/ctx.ts";
import { staffOutcome } from "./staff-outcome.ts";

/**
 * Gives a member of staff another role, or none (`null`: they work here no longer). Their sessions end at once, so that the
 * old role is gone everywhere. The last owner who can sign in keeps the role, also when two owners demote each other at
 * once. Recorded. Throws `identity.last_owner`, `identity.staff_not_found`, `identity.not_allowed`.
 */
export async function changeStaffRole(ctx: Ctx, act: { userId: string; role: StaffRole | null }): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const [row] = await tx.execute<{ outcome: string }>(
      sql`select app.change_staff_role(${act.userId}, ${act.role}) as outcome`,
    );
    staffOutcome(row?.outcome);
    const action = act.role ? "identity.role_changed" : "identity.staff_removed";
    await recordAct(tx, { action, subject: act.userId, reason: act.role });
  });
}
