import { and, asc, desc, gt, isNull, sql } from "drizzle-orm";
import { staffInvitations } from "../../drizzle/schema/identity.ts";
import type { StaffRole } from "../kernel/actor.ts";
import type { Tx } from "../kernel/db.ts";

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
};

/** Who works here, and whose invitation is open. A company's staff fit on one page: at most two hundred of each. */
export async function listStaff(tx: Tx, at: Date): Promise<{ members: StaffMember[]; invitations: Invitation[] }> {
  const rows = await tx.execute<Row>(sql`
    select u.id, u.email, u.name, u.staff_role as role, app.has_second_factor(u.id) as second_factor,
      u.disabled_at is not null as disabled
    from users u where u.staff_role is not null order by u.email_normalized limit 200`);
  const invitations = await tx
    .select({
      id: staffInvitations.id,
      email: staffInvitations.email,
      role: staffInvitations.role,
      expiresAt: staffInvitations.expiresAt,
    })
    .from(staffInvitations)
    .where(
      and(
        isNull(staffInvitations.acceptedAt),
        isNull(staffInvitations.withdrawnAt),
        gt(staffInvitations.expiresAt, at),
      ),
    )
    .orderBy(desc(staffInvitations.createdAt), asc(staffInvitations.id))
    .limit(200);
  const members = rows.map(({ second_factor, ...row }) => ({ ...row, secondFactor: second_factor }));
  return { members, invitations };
}

export type CustomerAccount = { readonly email: string; readonly staff: boolean; readonly disabled: boolean };

/** The account behind a customer, for staff; null where there is none. */
export async function readAccount(tx: Tx, customerId: string): Promise<CustomerAccount | null> {
  const [row] = await tx.execute<CustomerAccount>(sql`
    select u.email, u.staff_role is not null as staff, u.disabled_at is not null as disabled
    from customers c join users u on u.id = c.user_id where c.id = ${customerId}`);
  return row ?? null;
}
