import { sql } from "drizzle-orm";
import type { Tx } from "../kernel/db.ts";
import { organizationErrors } from "./errors.ts";

/** How many seats an organization has and what became of them. */
export type SeatCounts = {
  /** By its plan and whatever was bought beside it. */
  readonly allowed: number;
  readonly claimed: number;
  /** Promised by open invitations. */
  readonly pending: number;
  readonly free: number;
  /** Claimed beyond what there is, after a smaller plan: nobody is thrown out, and nobody gets in. */
  readonly over: number;
};

type Row = { allowed: number; claimed: number; pending: number };

/** The seats of an organization that the caller may see. */
export async function readSeats(tx: Tx, organizationId: string): Promise<SeatCounts> {
  const [row] = await tx.execute<Row>(sql`
    select app.seats_allowed(${organizationId}) as allowed,
      count(*) filter (where status = 'claimed')::int as claimed, count(*) filter (where status = 'pending')::int as pending
    from seats where organization_id = ${organizationId} and status <> 'revoked'`);
  const { allowed, claimed, pending } = row ?? { allowed: 0, claimed: 0, pending: 0 };
  return {
    ...{ allowed, claimed, pending },
    free: Math.max(0, allowed - claimed - pending),
    over: Math.max(0, claimed - allowed),
  };
}

/** Throws `organizations.no_seat`, with how many there are, unless one is free. The organization must be locked. */
export async function requireFreeSeat(tx: Tx, organizationId: string): Promise<void> {
  const { allowed, claimed, pending, free } = await readSeats(tx, organizationId);
  if (free === 0) throw organizationErrors.noSeat({ allowed, claimed, pending });
}
