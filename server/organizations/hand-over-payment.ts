import { eq } from "drizzle-orm";
import { organizations } from "../../drizzle/schema/organizations.ts";
import type { Session } from "../identity/index.ts";
import { recordAct } from "../kernel/audit.ts";
import type { Ctx } from "../kernel/ctx.ts";
import { emit } from "../kernel/event.ts";
import { organizationErrors } from "./errors.ts";
import { readMember } from "./members.ts";
import { type OfficeAct, PAYERS, requireCompany } from "./standing.ts";

/**
 * From now on another owner, admin or billing member pays for what a company buys; what is running goes on with the card
 * that it began with until that is changed, and whoever pays now is mailed how (`organization.payer_changed`). An owner may
 * say so, whoever pays now, or staff for a reason. Recorded. Idempotent. Throws
 * `organizations.cannot_pay`, `organizations.member_not_found`, `organizations.role_missing`, `organizations.not_found`,
 * `organizations.personal`.
 */
export async function handOverPayment(
  ctx: Ctx,
  wish: { session: Session; organizationId: string; memberId: string; office?: OfficeAct },
): Promise<void> {
  const { session, organizationId, memberId, office } = wish;
  await ctx.db.transaction(async (tx) => {
    const company = await requireCompany(tx, { organizationId, roles: PAYERS, office });
    const pays = company.billingCustomerId !== null && session.customerId === company.billingCustomerId;
    if (company.role !== "owner" && !pays) throw organizationErrors.roleMissing({ roles: ["owner"] });
    const { role, customerId } = await readMember(tx, { organizationId, memberId });
    if (role === "member" || customerId === null) throw organizationErrors.cannotPay();
    if (customerId === company.billingCustomerId) return;
    await tx.update(organizations).set({ billingCustomerId: customerId }).where(eq(organizations.id, organizationId));
    const reason = office?.reason ?? `${company.billingCustomerId ?? "nobody"} → ${customerId}`;
    await recordAct(tx, { action: "organizations.hand_over_payment", subject: organizationId, reason });
    await emit(tx, { name: "organization.payer_changed", id: organizationId });
  });
}
