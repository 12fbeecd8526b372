import { eq } from "drizzle-orm";
import { organizationMembers } from "../../drizzle/schema/organizations.ts";
import type { OrganizationRole } from "../kernel/actor.ts";
import { recordAct } from "../kernel/audit.ts";
import type { Ctx } from "../kernel/ctx.ts";
import { enqueue } from "../kernel/job.ts";
import { organizationErrors } from "./errors.ts";
import { lapseDomainsJob } from "./jobs.ts";
import { readMember, requireAnotherOwner } from "./members.ts";
import { freeSeatOfMember, takeSeat } from "./move-seat.ts";
import { takesSeat } from "./roles.ts";
import { MANAGERS, type OfficeAct, requireCompany } from "./standing.ts";

/**
 * Gives a member of a company another role, at once in every process. Owners and admins may; only owners make and unmake
 * owners, and the last one who can act stays, also when two unmake each other at once. Who only pays has no seat, so a
 * role that uses the plan takes one and `billing` gives it back. Recorded. Idempotent. Throws
 * `organizations.member_not_found`, `organizations.last_owner`, `organizations.payer_stays`, `organizations.no_seat`,
 * `organizations.role_missing`, `organizations.not_found`, `organizations.personal`.
 */
export async function changeRole(
  ctx: Ctx,
  wish: { organizationId: string; memberId: string; role: OrganizationRole; office?: OfficeAct },
): Promise<void> {
  const { organizationId, memberId, role, office } = wish;
  await ctx.db.transaction(async (tx) => {
    const company = await requireCompany(tx, { organizationId, roles: MANAGERS, office });
    const member = await readMember(tx, { organizationId, memberId });
    if (member.role === role) return;
    if ([member.role, role].includes("owner") && company.role !== "owner")
      throw organizationErrors.roleMissing({ roles: ["owner"] });
    if (member.role === "owner") await requireAnotherOwner(tx, { organizationId, memberId });
    const pays = company.billingCustomerId !== null && member.customerId === company.billingCustomerId;
    if (pays && role === "member") throw organizationErrors.payerStays();
    const { userId } = member;
    const reason = office?.reason ?? `${userId}: ${member.role} → ${role}`;
    await recordAct(tx, { action: "organizations.change_role", subject: organizationId, reason });
    if (!takesSeat(role)) await freeSeatOfMember(tx, { organizationId, userId, reason: "pays and does not use" });
    else if (!takesSeat(member.role) && !member.hasSeat) await takeSeat(tx, { organizationId, userId });
    await tx.update(organizationMembers).set({ role }).where(eq(organizationMembers.id, memberId));
    await enqueue(tx, lapseDomainsJob, { organizationId });
  });
}
