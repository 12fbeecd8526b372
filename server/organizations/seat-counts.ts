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

/** A seat that somebody has, or that an invitation holds. */
export type SeatHolder = {
  readonly seatId: string;
  readonly status: "claimed" | "pending";
  /** A name or an address. */
  readonly who: string;
};

/** How many holders of seats are shown to choose from. */
const MOST_HOLDERS = 200;

/**
 * Who has the seats of an organization, whoever came last first, for those who look after its money and for staff: of more
 * than two hundred the last ones.
 */
export async function listSeatHolders(tx: Tx, organizationId: string): Promise<SeatHolder[]> {
  const rows = await tx.execute<{ seat_id: string; status: SeatHolder["status"]; who: string }>(
    sql`select seat_id, status, who from app.seat_holders(${organizationId}) order by since desc, seat_id limit ${MOST_HOLDERS}`,
  );
  return rows.map(({ seat_id, status, who }) => ({ seatId: seat_id, status, who }));
}

/** Nobody takes or gives a seat of an organization until the transaction ends; for those who look after its money and for staff. */
export async function holdSeats(tx: Tx, organizationId: string): Promise<void> {
  await tx.execute(sql`select app.hold_seats(${organizationId})`);
}

/**
 * How the seats of an organization stand: how many it has by its plan and purchase, whatever is booked, how many are taken or
 * promised, and how many of those are named. For those who look after its money and for staff.
 */
export async function countSeats(
  tx: Tx,
  of: { readonly organizationId: string; readonly named: readonly string[] },
): Promise<{ entitled: number; taken: number; named: number }> {
  const named =
    of.named.length === 0
      ? sql`false`
      : sql`seat_id in (${sql.join(
          of.named.map((id) => sql`${id}`),
          sql`, `,
        )})`;
  const [row] = await tx.execute<{ entitled: number; taken: number; named: number }>(sql`
    select greatest(1, coalesce(app.entitled_seats(${of.organizationId}), 1)) as entitled, count(*)::int as taken,
      (count(*) filter (where ${named}))::int as named
    from app.seat_holders(${of.organizationId})`);
  return row ?? { entitled: 1, taken: 0, named: 0 };
}
