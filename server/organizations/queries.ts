import { and, eq, gt, sql } from "drizzle-orm";
import { organizationInvitations } from "../../drizzle/schema/organizations.ts";
import type { OrganizationRole } from "../kernel/actor.ts";
import type { Tx } from "../kernel/db.ts";
import { keyset, type Page } from "../kernel/page.ts";
import { statement } from "../kernel/statement.ts";
import { isOpen } from "./invitation-facts.ts";
import { readSeats, type SeatCounts } from "./seat-counts.ts";
import { EVERYBODY, requireRole } from "./standing.ts";

/** Somebody can be in more, and pick from these. */
const MOST = 200;

/** One of somebody's organizations. */
export type OwnOrganization = {
  readonly id: string;
  readonly kind: "personal" | "company";
  /** Null: the personal one. */
  readonly name: string | null;
  readonly role: OrganizationRole;
};

/** The organizations that whoever asks is in: their personal one, then companies by name. */
export function listOwnOrganizations(tx: Tx): Promise<OwnOrganization[]> {
  return statement<OwnOrganization>(tx, "select id, kind, name, role from app.own_organizations($1)", [MOST]);
}

/** A page of them for programs, in the order in which somebody came to be in them: the personal one first. */
export async function pageOwnOrganizations(
  tx: Tx,
  of: { userId: string; cursor?: string | undefined; limit: number },
): Promise<Page<OwnOrganization>> {
  const place = keyset(of, { by: sql`m.joined_at`, id: sql`o.id`, type: "timestamptz", direction: "asc" });
  const { condition = sql`true`, cursorAt, orderBy, limit } = place;
  const rows = await tx.execute<OwnOrganization & { cursor_at: string }>(sql`
    select o.id, o.kind, o.name, m.role, ${cursorAt} as cursor_at
    from organization_members m join organizations o on o.id = m.organization_id
    where m.user_id = ${of.userId} and m.left_at is null and o.closed_at is null and ${condition}
    order by ${sql.join(orderBy, sql`, `)} limit ${limit}`);
  return place.page(rows.map(({ id, kind, name, role, cursor_at }) => ({ id, kind, name, role, cursorAt: cursor_at })));
}

/** An organization as its members see it. */
export type OrganizationView = {
  readonly id: string;
  readonly kind: "personal" | "company";
  readonly name: string | null;
  readonly createdAt: Date;
  /** What the caller is in it, and the own membership. */
  readonly role: OrganizationRole;
  readonly memberId: string;
  /** Who pays. Null: nobody yet. */
  readonly payer: { readonly memberId: string; readonly who: string } | null;
  readonly seats: SeatCounts;
  readonly members: number;
};

type Row = {
  created_at: string;
  member_id: string;
  payer_id: string | null;
  payer: string | null;
  members: number;
};

/** An organization of the caller's. Throws `organizations.not_found`. */
export async function readOrganization(
  tx: Tx,
  of: { organizationId: string; userId: string },
): Promise<OrganizationView> {
  const { id, kind, name, role } = await requireRole(tx, { organizationId: of.organizationId, roles: EVERYBODY });
  const [row] = await tx.execute<Row>(sql`
    with people as (select * from app.organization_people(${id}))
    select o.created_at, own.id as member_id, payer.id as payer_id, coalesce(payer.name, payer.email) as payer,
      (select count(*)::int from people) as members
    from organizations o join people own on own.user_id = ${of.userId}
      left join people payer on payer.customer_id = o.billing_customer_id
    where o.id = ${id}`);
  return {
    ...{ id, kind, name, role, memberId: row?.member_id ?? "", members: row?.members ?? 0 },
    createdAt: new Date(row?.created_at ?? 0),
    payer: row?.payer_id && row.payer ? { memberId: row.payer_id, who: row.payer } : null,
    seats: await readSeats(tx, id),
  };
}

/** An invitation that nobody has taken up or back. */
export type InvitationView = {
  readonly id: string;
  readonly email: string;
  readonly role: OrganizationRole;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly sendings: number;
};

/** A page of open invitations, the newest first. `at`: technical time. */
export async function listInvitations(
  tx: Tx,
  of: { organizationId: string; cursor?: string | undefined; limit: number; at: Date },
): Promise<Page<InvitationView>> {
  const { id, email, role, createdAt, expiresAt, sendings, organizationId } = organizationInvitations;
  const place = keyset(of, { by: createdAt, id, type: "timestamptz", direction: "desc" });
  const rows = await tx
    .select({ id, email, role, createdAt, expiresAt, sendings, cursorAt: place.cursorAt })
    .from(organizationInvitations)
    .where(and(eq(organizationId, of.organizationId), isOpen, gt(expiresAt, of.at), place.condition))
    .orderBy(...place.orderBy)
    .limit(place.limit);
  return place.page(rows);
}
