import { and, eq, inArray, isNull, lte, ne } from "drizzle-orm";
import { organizationInvitations, seats } from "../../drizzle/schema/organizations.ts";
import { recordAct } from "../kernel/audit.ts";
import type { Ctx } from "../kernel/ctx.ts";
import type { Tx } from "../kernel/db.ts";
import { transition } from "../kernel/machine.ts";
import { organizationErrors } from "./errors.ts";
import { isOpen } from "./invitation-facts.ts";
import { freeSeatOfInvitation } from "./move-seat.ts";
import { seatMachine } from "./seat-status.ts";
import { MANAGERS, type OfficeAct, requireCompany } from "./standing.ts";

/** Of one sweep; what is left waits for the next. */
const BATCH = 200;

/**
 * Takes an open invitation back: its link stops working and its seat is free. Owners and admins may. Recorded. Throws
 * `organizations.invitation_not_found`, `organizations.role_missing`, `organizations.not_found`, `organizations.personal`.
 */
export async function withdrawInvitation(
  ctx: Ctx,
  wish: { organizationId: string; invitationId: string; office?: OfficeAct },
): Promise<void> {
  const { organizationId, invitationId, office } = wish;
  await ctx.db.transaction(async (tx) => {
    await requireCompany(tx, { organizationId, roles: MANAGERS, office });
    const of = and(eq(organizationInvitations.organizationId, organizationId), isOpen);
    const [found] = await tx
      .select({ email: organizationInvitations.email })
      .from(organizationInvitations)
      .where(and(eq(organizationInvitations.id, invitationId), of));
    if (!found) throw organizationErrors.invitationNotFound();
    await close(tx, { id: invitationId, at: ctx.technical.now(), reason: "withdrawn" });
    const reason = office?.reason ?? invitationId;
    await recordAct(tx, { action: "organizations.withdraw_invitation", subject: organizationId, reason });
  });
}

/** Frees what invitations hold that ran out; their links stopped working by themselves. Service role. Idempotent. */
export async function endInvitations(ctx: Ctx): Promise<void> {
  await ctx.db.transaction((tx) => endExpired(tx, { at: ctx.technical.now() }));
}

/** The same within a transaction, for one organization or for all. `at` is technical time. */
export async function endExpired(tx: Tx, of: { at: Date; organizationId?: string }): Promise<void> {
  const { id, expiresAt, organizationId } = organizationInvitations;
  const expired = await tx
    .select({ id })
    .from(organizationInvitations)
    .where(
      and(
        lte(expiresAt, of.at),
        isOpen,
        of.organizationId === undefined ? undefined : eq(organizationId, of.organizationId),
      ),
    )
    .orderBy(expiresAt)
    .limit(BATCH)
    .for("update", { skipLocked: true });
  for (const one of expired) await close(tx, { id: one.id, at: of.at, reason: "ran out" });
}

/** Takes seats from whoever has them, and the invitations back that others are promised to. Those that are free already stay so. */
export async function takeSeatsAway(tx: Tx, seatIds: readonly string[], cause: string): Promise<void> {
  const taken = await tx
    .select({ id: seats.id, invitationId: seats.invitationId, status: seats.status })
    .from(seats)
    .where(and(inArray(seats.id, [...seatIds]), ne(seats.status, "revoked")))
    .for("update");
  for (const { id, invitationId, status } of taken) {
    if (status === "pending" && invitationId) await close(tx, { id: invitationId, at: tx.scope.now, reason: cause });
    else await transition(tx, seatMachine, { id, event: "revoked", cause });
  }
}

async function close(tx: Tx, of: { id: string; at: Date; reason: string }): Promise<void> {
  await freeSeatOfInvitation(tx, of.id, of.reason);
  const { id, acceptedAt } = organizationInvitations;
  await tx
    .update(organizationInvitations)
    .set({ withdrawnAt: of.at })
    .where(and(eq(id, of.id), isNull(acceptedAt)));
}
