import { eq, sql } from "drizzle-orm";
import { type ChangeRules, changeRules } from "../../drizzle/schema/change-rules.ts";
import { organizations } from "../../drizzle/schema/organizations.ts";
import { recordAct } from "../kernel/audit.ts";
import type { Ctx } from "../kernel/ctx.ts";
import type { Tx } from "../kernel/db.ts";
import { newId } from "../kernel/id.ts";
import { newestRules, readChangeRules } from "./change-rules.ts";
import { billingErrors } from "./errors.ts";
import { FIRST_RULES } from "./plan-timing.ts";

type Written = {
  /** Null: the shop's. */
  readonly organizationId: string | null;
  /** Null: the organization goes by the shop's again. */
  readonly rules: ChangeRules | null;
  /** The rules that were on the page, by their id; empty where none were written. */
  readonly seen: string;
  readonly reason: string;
};

/**
 * Writes by which rules plans change from now on, the shop's or one organization's own: a row of its own, the earlier ones stay.
 * Recorded with the reason. The same rules again change nothing. What was quoted and is not allowed any more is not charged.
 * Locks the rules. Throws `billing.rules_changed` when they are no longer those that were seen, `billing.no_organization`.
 */
export async function saveChangeRules(ctx: Ctx, wanted: Written): Promise<void> {
  const { organizationId, seen, reason } = wanted;
  await ctx.db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`change_rules:${organizationId}`}, 0))`);
    if (organizationId !== null && !(await exists(tx, organizationId))) throw billingErrors.noOrganization();
    const { trial } = await readChangeRules(tx, organizationId);
    const rules = wanted.rules && { ...wanted.rules, trial: wanted.rules.trial ?? trial ?? "keep" };
    const newest = await newestRules(tx, organizationId);
    const present = newest ? newest.rules : organizationId === null ? FIRST_RULES : null;
    if (same(present, rules)) return;
    if ((newest?.id ?? "") !== seen) throw billingErrors.rulesChanged();
    const id = newId("chr");
    await tx.insert(changeRules).values({ id, organizationId, rules, setAt: ctx.technical.now() });
    await recordAct(tx, { action: "billing.change_rules", subject: organizationId ?? id, reason });
  });
}

async function exists(tx: Tx, id: string): Promise<boolean> {
  const found = await tx.select({ id: organizations.id }).from(organizations).where(eq(organizations.id, id));
  return found.length > 0;
}

function same(one: ChangeRules | null, other: ChangeRules | null): boolean {
  if (one === null || other === null) return one === other;
  return (
    (one.trial ?? "keep") === (other.trial ?? "keep") &&
    (["upgrade", "downgrade", "interval"] as const).every(
      (sort) =>
        one[sort].standard === other[sort].standard &&
        one[sort].allowed.toSorted().join() === other[sort].allowed.toSorted().join(),
    )
  );
}
