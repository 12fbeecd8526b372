import { recordAct } from "../kernel/audit.ts";
import type { AuditAction } from "../kernel/audit-actions.ts";
import type { Ctx } from "../kernel/ctx.ts";
import type { Tx } from "../kernel/db.ts";
import { enqueue } from "../kernel/job.ts";
import { organizationErrors } from "./errors.ts";
import { lapseDomainsJob } from "./jobs.ts";
import { endMembership, type Member, readMember, requireAnotherOwner } from "./members.ts";
import { freeSeatOfMember } from "./move-seat.ts";
import { EVERYBODY, MANAGERS, type OfficeAct, PAYERS, requireCompany, requireRole, type Standing } from "./standing.ts";

/**
 * Takes a member out of a company: from now on they see and use nothing of it, and their seat is free. Owners and admins
 * may; only owners remove owners. Recorded. Throws `organizations.member_not_found`, `organizations.last_owner`,
 * `organizations.payer_stays`, `organizations.role_missing`, `organizations.not_found`, `organizations.personal`.
 */
export async function removeMember(
  ctx: Ctx,
  wish: { organizationId: string; memberId: string; office?: OfficeAct },
): Promise<void> {
  const { organizationId, memberId, office } = wish;
  await ctx.db.transaction(async (tx) => {
    const company = await requireCompany(tx, { organizationId, roles: MANAGERS, office });
    const member = await readMember(tx, { organizationId, memberId });
    if (member.role === "owner" && company.role !== "owner") throw organizationErrors.roleMissing({ roles: ["owner"] });
    const reason = office?.reason ?? member.userId;
    await end(tx, { company, member, action: "organizations.remove_member", reason });
  });
}

/**
 * Somebody leaves a company by themselves; their seat is free. Recorded. Throws `organizations.last_owner`,
 * `organizations.payer_stays`, `organizations.not_found`, `organizations.personal`.
 */
export async function leaveOrganization(ctx: Ctx, wish: { organizationId: string; userId: string }): Promise<void> {
  const { organizationId, userId } = wish;
  await ctx.db.transaction(async (tx) => {
    const standing = await requireRole(tx, { organizationId, roles: EVERYBODY });
    // Of two owners who leave at once one stays, and nobody leaves who has just been made to pay. Whoever can be neither
    // need not wait, nor could.
    const waits = PAYERS.some((role) => role === standing.role);
    const company = waits ? await requireCompany(tx, { organizationId, roles: EVERYBODY }) : standing;
    if (company.kind === "personal") throw organizationErrors.personal();
    const member = await readMember(tx, { organizationId, userId });
    await end(tx, { company, member, action: "organizations.leave", reason: null });
  });
}

async function end(
  tx: Tx,
  leaving: { company: Standing; member: Member; action: AuditAction; reason: string | null },
): Promise<void> {
  const { company, member, action, reason } = leaving;
  const { id: organizationId, billingCustomerId } = company;
  if (member.role === "owner") await requireAnotherOwner(tx, { organizationId, memberId: member.id });
  if (billingCustomerId !== null && member.customerId === billingCustomerId) throw organizationErrors.payerStays();
  await recordAct(tx, { action, subject: organizationId, reason });
  await freeSeatOfMember(tx, { organizationId, userId: member.userId, reason: action });
  await endMembership(tx, member.id);
  await enqueue(tx, lapseDomainsJob, { organizationId });
}
