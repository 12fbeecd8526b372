import { type SQL, sql } from "drizzle-orm";
import { countUpTo } from "../kernel/count-up-to.ts";
import type { Tx } from "../kernel/db.ts";
import type { Asked } from "../kernel/input.ts";
import { named, namesIn } from "../kernel/names.ts";
import { keyset, type Page, prefixRange, type Total } from "../kernel/page.ts";
import { withinDays } from "../kernel/shop-days.ts";
import { organizationErrors } from "./errors.ts";
import type { organizationListInput } from "./input.ts";
import { readSeats, type SeatCounts } from "./seat-counts.ts";

/** An organization in the back office's list. */
export type OrganizationRow = {
  readonly id: string;
  readonly kind: "personal" | "company";
  /** A company's name, or its person's name or address. */
  readonly name: string;
  readonly members: number;
  readonly seatsClaimed: number;
  readonly payer: string | null;
  readonly billingCustomerId: string | null;
  readonly createdAt: Date;
  readonly closedAt: Date | null;
};

type Row = Omit<OrganizationRow, "seatsClaimed" | "billingCustomerId" | "createdAt" | "closedAt"> & {
  seats_claimed: number;
  billing_customer_id: string | null;
  created_at: string;
  closed_at: string | null;
  cursor_at: string;
};
type Input = Asked<typeof organizationListInput>;

const SHOWN = sql`o.id, o.kind, coalesce(o.name, founder.name, founder.email) as name, o.created_at, o.closed_at, o.billing_customer_id,
  coalesce(payer.name, payer.email) as payer,
  (select count(*)::int from organization_members m where m.organization_id = o.id and m.left_at is null) as members,
  (select count(*)::int from seats s where s.organization_id = o.id and s.status = 'claimed') as seats_claimed`;
const FROM = sql`organizations o join users founder on founder.id = o.created_by left join customers payer on payer.id = o.billing_customer_id`;

const rowOf = ({ cursor_at: _, seats_claimed, billing_customer_id, created_at, closed_at, ...row }: Row) => ({
  ...row,
  seatsClaimed: seats_claimed,
  billingCustomerId: billing_customer_id,
  createdAt: new Date(created_at),
  closedAt: closed_at === null ? null : new Date(closed_at),
});

/** All organizations for staff, a page at a time, newest first. `q` finds by the beginning of a name or of the payer's address, or by id. */
export async function listOrganizations(
  tx: Tx,
  input: Input,
): Promise<Page<OrganizationRow> & { total: Total | null }> {
  const place = keyset(input, {
    ...{ by: sql`o.created_at`, id: sql`o.id`, type: "timestamptz" },
    direction: input.direction ?? "desc",
  });
  const matching = matches(input);
  const rows = await tx.execute<Row>(sql`select ${SHOWN}, ${place.cursorAt} as cursor_at from ${FROM}
    where ${all([...matching, place.condition])} order by ${sql.join(place.orderBy, sql`, `)} limit ${place.limit}`);
  const page = place.page(rows.map((row) => ({ ...rowOf(row), cursorAt: row.cursor_at })));
  const total = input.counted ? await countUpTo(tx, sql`from organizations o where ${all(matching)}`) : null;
  return { ...page, total };
}

function matches({ q, kind, state, ...days }: Input): (SQL | undefined)[] {
  return [
    q ? sql`o.id in (${foundBy(q)})` : undefined,
    kind ? sql`o.kind = ${kind}` : undefined,
    state ? sql`(o.closed_at is null) = ${state === "open"}` : undefined,
    withinDays(sql`o.created_at`, days),
  ];
}

function foundBy(q: string): SQL {
  const { from, to } = prefixRange(q.toLowerCase());
  return sql`
    select id from organizations where id = ${q}
    union all select id from organizations where name_folded ~>=~ ${from} and name_folded ~<~ ${to}
    union all select paid.id from customers c join organizations paid on paid.billing_customer_id = c.id
      where c.email_normalized ~>=~ ${from} and c.email_normalized ~<~ ${to}`;
}

function all(conditions: readonly (SQL | undefined)[]): SQL {
  return sql.join([sql`true`, ...conditions.filter((condition) => condition !== undefined)], sql` and `);
}

/** An organization as staff see it; closed ones too. Throws `organizations.not_found`. */
export async function getOrganization(
  tx: Tx,
  { organizationId }: { organizationId: string },
): Promise<OrganizationRow & { readonly seats: SeatCounts }> {
  const [row] = await tx.execute<Row>(
    sql`select ${SHOWN}, '' as cursor_at from ${FROM} where o.id = ${organizationId}`,
  );
  if (!row) throw organizationErrors.notFound();
  return { ...rowOf(row), seats: await readSeats(tx, organizationId) };
}

/** Something that happened in an organization. `actor` and `cause` are ids and short English, no personal data. */
export type OrganizationEvent = {
  readonly id: string;
  readonly at: Date;
  readonly what: "seat" | "organization";
  readonly subjectId: string;
  readonly event: string;
  readonly state: string | null;
  readonly actor: string | null;
  /** The actor by name. */
  readonly who: string | null;
  readonly cause: string | null;
};

/** What became of an organization's seats, and what its members and staff did, the newest first, a page at a time. */
export async function organizationTimeline(
  tx: Tx,
  of: { organizationId: string; cursor?: string | undefined; limit: number },
): Promise<Page<OrganizationEvent>> {
  const place = keyset(of, {
    ...{ by: sql`happened.at`, id: sql`happened.id`, type: "timestamptz", direction: "desc" },
  });
  const rows = await tx.execute<EventRow>(sql`
    select happened.*, ${place.cursorAt} as cursor_at from (
      select 'seat:' || lpad(t.id::text, 20, '0') as id, t.at, 'seat' as what, t.subject_id, t.event, t.to_state as state, t.actor,
        coalesce(t.reason, t.cause) as cause
      from seat_transitions t join seats s on s.id = t.subject_id where s.organization_id = ${of.organizationId}
      union all select 'act:' || id, at, 'organization', subject, action, null, actor, reason from audit_entries where subject = ${of.organizationId}
    ) happened where ${all([place.condition])} order by ${sql.join(place.orderBy, sql`, `)} limit ${place.limit}`);
  const names = await namesIn(
    tx,
    rows.flatMap(({ actor, cause }) => [actor, cause]),
  );
  return place.page(
    rows.map(({ id, what, event, state, actor, cause, ...row }) =>
      named(
        {
          ...{ id, what, event, state, actor, cause, cursorAt: row.cursor_at },
          subjectId: row.subject_id,
          at: new Date(row.at),
        },
        names,
      ),
    ),
  );
}

type EventRow = Omit<OrganizationEvent, "at" | "subjectId" | "who"> & {
  at: string;
  subject_id: string;
  cursor_at: string;
};

/** Of which organizations a customer pays, or is a member. */
export async function organizationsOfCustomer(
  tx: Tx,
  { customerId }: { customerId: string },
): Promise<{ id: string; name: string; kind: string; role: string | null; pays: boolean }[]> {
  const rows = await tx.execute<{ id: string; name: string; kind: string; role: string | null; pays: boolean }>(sql`
    select o.id, o.kind, coalesce(o.name, founder.name, founder.email) as name, m.role, o.billing_customer_id = c.id is true as pays
    from customers c join organizations o on o.billing_customer_id = c.id
        or o.id in (select mine.organization_id from organization_members mine where mine.user_id = c.user_id and mine.left_at is null)
      join users founder on founder.id = o.created_by
      left join organization_members m on m.organization_id = o.id and m.user_id = c.user_id and m.left_at is null
    where c.id = ${customerId} and o.closed_at is null order by o.kind = 'company', name, o.id limit 100`);
  return [...rows];
}
