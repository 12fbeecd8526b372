import { sql } from "drizzle-orm";
import type { OrganizationRole } from "../kernel/actor.ts";
import type { Tx } from "../kernel/db.ts";
import { organizationErrors } from "./errors.ts";

/** What somebody is in an organization, and what that is. Staff who mend something for a reason stand as an owner does. */
export type Standing = {
  readonly id: string;
  readonly kind: "personal" | "company";
  readonly name: string | null;
  readonly billingCustomerId: string | null;
  readonly role: OrganizationRole;
};

/** Staff act on somebody's behalf, and say why. */
export type OfficeAct = { readonly reason: string };

type Row = { id: string; kind: Standing["kind"]; name: string | null; payer: string | null; role: OrganizationRole };

/** Who may change who is in it. */
export const MANAGERS = ["owner", "admin"] as const;
/** Who sees and moves its money. */
export const PAYERS = ["owner", "admin", "billing"] as const;
export const EVERYBODY = ["owner", "admin", "billing", "member"] as const;

/**
 * Throws `organizations.not_found` unless the caller is in the organization (one that is not theirs is as if it were not
 * there), and `organizations.role_missing` unless in one of the roles. With `office` the caller is staff, whom the
 * procedure has let in: any open organization is found.
 */
export async function requireRole(
  tx: Tx,
  asked: {
    readonly organizationId: string;
    readonly roles: readonly OrganizationRole[];
    readonly office?: OfficeAct | undefined;
  },
): Promise<Standing> {
  const role = asked.office ? sql`'owner'` : sql`app.organization_role(id)`;
  const [row] = await tx.execute<Row>(sql`
    select id, kind, name, billing_customer_id as payer, ${role} as role from organizations
    where id = ${asked.organizationId} and closed_at is null and ${role} is not null`);
  if (!row) throw organizationErrors.notFound();
  if (!asked.roles.includes(row.role)) throw organizationErrors.roleMissing({ roles: asked.roles });
  return { id: row.id, kind: row.kind, name: row.name, billingCustomerId: row.payer, role: row.role };
}

/**
 * The same for what only companies do, and no two at once: the organization is locked until the transaction ends. What is
 * answered was read after that: whoever waited may have lost the role meanwhile, or somebody else pays.
 */
export async function requireCompany(tx: Tx, asked: Parameters<typeof requireRole>[1]): Promise<Standing> {
  const { id, kind } = await requireRole(tx, asked);
  if (kind === "personal") throw organizationErrors.personal();
  await tx.execute(sql`select 1 from organizations where id = ${id} for no key update`);
  return requireRole(tx, asked);
}
