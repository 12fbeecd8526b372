import { and, asc, desc, gt, isNull, sql } from "drizzle-orm";
import { staffInvitations } from "../../drizzle/schema/identity.ts";
import type { StaffRole } from "../kernel/actor.ts";
import { countUpTo } from "../kernel/count-up-to.ts";
import type { Tx } from "../kernel/db.ts";
import type { Asked } from "../kernel/input.ts";
import { keyset } from "../kernel/page.ts";
import type { staffListInput } from "./input.ts";

export type StaffMember = {
  readonly id: string;
  readonly email: string;
  readonly name: string | null;
  readonly role: StaffRole;
  readonly secondFactor: boolean;
  readonly disabled: boolean;
};
export type Invitation = {
  readonly id: string;
  readonly email: string;
  readonly role: StaffRole;
  readonly expiresAt: Date;
};

type Row = {
  id: string;
  email: string;
  name: string | null;
  role: StaffRole;
  second_factor: boolean;
  disabled: boolean;
  cursor_at: string;
};

/** Who works here, by address, and whose invitation is open: the latter at most two hundred, all of them on every page. */
export async function listStaff(tx: Tx, input: Asked<typeof staffListInput>, at: Date) {
  const place = keyset(input, {
    ...{ by: sql`u.email_normalized`, id: sql`u.id`, type: "text" },
    direction: input.direction ?? "asc",
  });
  const part = `%${(input.q ?? "").replaceAll(/[\\%_]/g, "\\$&")}%`;
  const states = {
    open: sql`u.disabled_at is null`,
    shut: sql`u.disabled_at is not null`,
    one_step: sql`not app.has_second_factor(u.id)`,
  };
  const from = sql`from users u where u.staff_role is not null
    and ${input.q ? sql`(u.email ilike ${part} or u.name ilike ${part})` : sql`true`}
    and ${input.role ? sql`u.staff_role = ${input.role}` : sql`true`}
    and ${input.state ? states[input.state] : sql`true`}`;
  const rows = await tx.execute<Row>(sql`
    select u.id, u.email, u.name, u.staff_role as role, app.has_second_factor(u.id) as second_factor,
      u.disabled_at is not null as disabled, ${place.cursorAt} as cursor_at
    ${from} and ${place.condition ?? sql`true`}
    order by ${sql.join(place.orderBy, sql`, `)} limit ${place.limit}`);
  const shown = rows.map(({ second_factor, cursor_at, ...row }) => ({
    ...row,
    secondFactor: second_factor,
    cursorAt: cursor_at,
  }));
  return {
    ...place.page<StaffMember & { cursorAt: string }>(shown),
    invitations: await openInvitations(tx, at),
    total: input.counted ? await countUpTo(tx, from) : null,
  };
}

async function openInvitations(tx: Tx, at: Date): Promise<Invitation[]> {
  const { id, email, role, expiresAt, acceptedAt, withdrawnAt, createdAt } = staffInvitations;
  return tx
    .select({ id, email, role, expiresAt })
    .from(staffInvitations)
    .where(and(isNull(acceptedAt), isNull(withdrawnAt), gt(expiresAt, at)))
    .orderBy(desc(createdAt), asc(id))
    .limit(200);
}

export type CustomerAccount = { readonly email: string; readonly staff: boolean; readonly disabled: boolean };

/** The account behind a customer, for staff; null where there is none. */
export async function readAccount(tx: Tx, customerId: string): Promise<CustomerAccount | null> {
  const [row] = await tx.execute<CustomerAccount>(sql`
    select u.email, u.staff_role is not null as staff, u.disabled_at is not null as disabled
    from customers c join users u on u.id = c.user_id where c.id = ${customerId}`);
  return row ?? null;
}
