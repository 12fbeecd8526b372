import { and, eq, ne, type SQL } from "drizzle-orm";
import { seats } from "../../drizzle/schema/organizations.ts";
import type { Tx } from "../kernel/db.ts";
import { newId } from "../kernel/id.ts";
import { begin, transition } from "../kernel/machine.ts";
import { requireFreeSeat } from "./seat-counts.ts";
import { seatMachine } from "./seat-status.ts";

/** A seat for an invitation, or for a member. The organization must be locked. Throws `organizations.no_seat`. */
export async function takeSeat(
  tx: Tx,
  of: { readonly organizationId: string; readonly invitationId?: string; readonly userId?: string },
): Promise<void> {
  const { organizationId, invitationId = null, userId = null } = of;
  await requireFreeSeat(tx, organizationId);
  const id = newId("sea");
  const status = seatMachine.initial;
  await tx.insert(seats).values({ id, organizationId, invitationId, userId, status, createdAt: tx.scope.now });
  await begin(tx, seatMachine, { id, ...(invitationId && { cause: invitationId }) });
  if (userId) await transition(tx, seatMachine, { id, event: "claimed" });
}

/** Frees the seat of a member. Returns whether there was one. */
export function freeSeatOfMember(tx: Tx, of: { organizationId: string; userId: string; reason?: string | undefined }) {
  return free(tx, and(eq(seats.organizationId, of.organizationId), eq(seats.userId, of.userId)), of.reason);
}

/** Frees the seat that an invitation held. */
export function freeSeatOfInvitation(tx: Tx, invitationId: string, reason?: string) {
  return free(tx, eq(seats.invitationId, invitationId), reason);
}

/** Frees every seat of an organization that is being closed. */
export function freeSeatsOf(tx: Tx, organizationId: string, reason: string) {
  return free(tx, eq(seats.organizationId, organizationId), reason);
}

async function free(tx: Tx, which: SQL | undefined, reason?: string): Promise<boolean> {
  const taken = await tx
    .select({ id: seats.id })
    .from(seats)
    .where(and(which, ne(seats.status, "revoked")));
  for (const { id } of taken) {
    await transition(tx, seatMachine, { id, event: "revoked", ...(reason && { reason }) });
  }
  return taken.length > 0;
}
