import { and, eq, isNull, lte } from "drizzle-orm";
import { organizationInvitations } from "../../drizzle/schema/organizations.ts";
import { recordAct } from "../kernel/audit.ts";
import type { Ctx } from "../kernel/ctx.ts";
import type { Tx } from "../kernel/db.ts";
import { organizationErrors } from "./errors.ts";
import { isOpen } from "./invitation-facts.ts";
import { freeSeatOfInvitation } from "./move-seat.ts";
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

async function close(tx: Tx, of: { id: string; at: Date; reason: string }): Promise<void> {
  await freeSeatOfInvitation(tx, of.id, of.reason);
  const { id, acceptedAt } = organizationInvitations;
  await tx
    .update(organizationInvitations)
    .set({ withdrawnAt: of.at })
    .where(and(eq(id, of.id), isNull(acceptedAt)));
}
