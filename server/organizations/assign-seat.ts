import { recordAct } from "../kernel/audit.ts";
import type { Ctx } from "../kernel/ctx.ts";
import { organizationErrors } from "./errors.ts";
import { readMember } from "./members.ts";
import { freeSeatOfMember, takeSeat } from "./move-seat.ts";
import { MANAGERS, type OfficeAct, requireCompany } from "./standing.ts";

type SeatAct = { organizationId: string; memberId: string; office?: OfficeAct };

/**
 * Gives a member who has none a seat. Owners and admins may. Recorded. Throws `organizations.seated`,
 * `organizations.no_seat`, `organizations.member_not_found`, `organizations.role_missing`, `organizations.not_found`,
 * `organizations.personal`.
 */
export async function assignSeat(ctx: Ctx, act: SeatAct): Promise<void> {
  const { organizationId, memberId, office } = act;
  await ctx.db.transaction(async (tx) => {
    await requireCompany(tx, { organizationId, roles: MANAGERS, office });
    const { userId, hasSeat } = await readMember(tx, { organizationId, memberId });
    if (hasSeat) throw organizationErrors.seated();
    await takeSeat(tx, { organizationId, userId });
    const reason = office?.reason ?? userId;
    await recordAct(tx, { action: "organizations.assign_seat", subject: organizationId, reason });
  });
}

/**
 * Takes a member's seat away; they stay a member, without what seats are for. Owners and admins may. Recorded. Throws
 * `organizations.seatless`, `organizations.member_not_found`, `organizations.role_missing`, `organizations.not_found`,
 * `organizations.personal`.
 */
export async function revokeSeat(ctx: Ctx, act: SeatAct): Promise<void> {
  const { organizationId, memberId, office } = act;
  await ctx.db.transaction(async (tx) => {
    await requireCompany(tx, { organizationId, roles: MANAGERS, office });
    const { userId, hasSeat } = await readMember(tx, { organizationId, memberId });
    if (!hasSeat) throw organizationErrors.seatless();
    const reason = office?.reason ?? userId;
    await recordAct(tx, { action: "organizations.revoke_seat", subject: organizationId, reason });
    await freeSeatOfMember(tx, { organizationId, userId, reason });
  });
}
