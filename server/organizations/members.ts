import { and, eq, sql } from "drizzle-orm";
import { organizationMembers } from "../../drizzle/schema/organizations.ts";
import type { OrganizationRole } from "../kernel/actor.ts";
import { countUpTo } from "../kernel/count-up-to.ts";
import type { Tx } from "../kernel/db.ts";
import type { Asked } from "../kernel/input.ts";
import { keyset, type Page, pageOf, readCursor } from "../kernel/page.ts";
import { organizationErrors } from "./errors.ts";
import type { officeMembersInput } from "./input.ts";

/** Somebody in an organization, as everybody in it sees them. */
export type Member = {
  readonly id: string;
  readonly userId: string;
  /** Null: somebody of staff who never bought anything, and cannot pay. */
  readonly customerId: string | null;
  readonly email: string;
  readonly name: string | null;
  readonly role: OrganizationRole;
  readonly joinedAt: Date;
  /** The account has been shut: nobody acts with it. */
  readonly disabled: boolean;
  readonly hasSeat: boolean;
};

type Row = {
  id: string;
  user_id: string;
  customer_id: string | null;
  email: string;
  name: string | null;
  role: OrganizationRole;
  joined_at: string;
  disabled: boolean;
  seat_id: string | null;
};

const memberOf = (row: Row): Member => ({
  ...{ id: row.id, userId: row.user_id, customerId: row.customer_id, email: row.email, name: row.name },
  ...{ role: row.role, joinedAt: new Date(row.joined_at), disabled: row.disabled, hasSeat: row.seat_id !== null },
});

/** One member, by membership or by account. Throws `organizations.member_not_found`. */
export async function readMember(
  tx: Tx,
  of: { organizationId: string } & ({ memberId: string } | { userId: string }),
): Promise<Member> {
  const which = "memberId" in of ? sql`id = ${of.memberId}` : sql`user_id = ${of.userId}`;
  const [row] = await tx.execute<Row>(sql`select * from app.organization_people(${of.organizationId}) where ${which}`);
  if (!row) throw organizationErrors.memberNotFound();
  return memberOf(row);
}

/** A page of who is in an organization, in the order in which they came. */
export async function listMembers(
  tx: Tx,
  of: { organizationId: string; cursor?: string | undefined; limit: number },
): Promise<Page<Member>> {
  const from = readCursor(of.cursor);
  const backwards = from?.backwards ?? false;
  const place = from
    ? sql`where (joined_at, id) ${sql.raw(backwards ? "<" : ">")} (${from.at}::timestamptz, ${from.id})`
    : sql``;
  const way = sql.raw(backwards ? "desc" : "asc");
  const rows = await tx.execute<Row>(sql`select * from app.organization_people(${of.organizationId}) ${place}
    order by joined_at ${way}, id ${way} limit ${of.limit + 1}`);
  return pageOf(
    rows.map((row) => ({ ...memberOf(row), cursorAt: row.joined_at })),
    of.limit,
    from,
  );
}

/** The same for staff, who look for one by name, address or role and read them in either order. */
export async function listMembersForStaff(
  tx: Tx,
  input: Asked<typeof officeMembersInput> & { organizationId: string },
) {
  const [by, id] = [sql`p.joined_at`, sql`p.id`];
  const place = keyset(input, { by, id, type: "timestamptz", direction: input.direction ?? "asc" });
  const q = input.q?.toLowerCase() ?? null;
  const from = sql`from app.organization_people(${input.organizationId}) p
    where (${q}::text is null or strpos(lower(p.email), ${q}) > 0 or strpos(lower(coalesce(p.name, '')), ${q}) > 0)
      and (${input.role ?? null}::text is null or p.role = ${input.role ?? null})`;
  const rows = await tx.execute<Row & { cursor_at: string }>(sql`select p.*, ${place.cursorAt} as cursor_at ${from}
    and ${place.condition ?? sql`true`} order by ${sql.join(place.orderBy, sql`, `)} limit ${place.limit}`);
  const total = input.counted ? await countUpTo(tx, from) : null;
  return { ...place.page(rows.map((row) => ({ ...memberOf(row), cursorAt: row.cursor_at }))), total };
}

/** Throws `organizations.last_owner` unless somebody else is an owner who can act. The organization must be locked. */
export async function requireAnotherOwner(tx: Tx, than: { organizationId: string; memberId: string }): Promise<void> {
  const [other] = await tx.execute(sql`select 1 from app.organization_people(${than.organizationId})
    where role = 'owner' and not disabled and id <> ${than.memberId} limit 1`);
  if (!other) throw organizationErrors.lastOwner();
}

/** Ends a membership now. */
export async function endMembership(tx: Tx, memberId: string): Promise<void> {
  const { id, leftAt } = organizationMembers;
  await tx
    .update(organizationMembers)
    .set({ leftAt: tx.scope.now })
    .where(and(eq(id, memberId), sql`${leftAt} is null`));
}
