import { desc, eq, isNull } from "drizzle-orm";
import { type ChangeRules, changeRules } from "../../drizzle/schema/change-rules.ts";
import type { Tx } from "../kernel/db.ts";
import { FIRST_RULES } from "./plan-timing.ts";

/** By which rules plans change: an organization's own where staff gave it any, else the shop's, else the first ones. */
export async function readChangeRules(tx: Tx, organizationId: string | null): Promise<ChangeRules> {
  const own = organizationId === null ? null : await newestRules(tx, organizationId);
  return own?.rules ?? (await newestRules(tx, null))?.rules ?? FIRST_RULES;
}

/** What was written last for an organization, or for the shop (null); null when nothing was. */
export async function newestRules(tx: Tx, organizationId: string | null) {
  const of =
    organizationId === null ? isNull(changeRules.organizationId) : eq(changeRules.organizationId, organizationId);
  const [row] = await tx
    .select()
    .from(changeRules)
    .where(of)
    .orderBy(desc(changeRules.setAt), desc(changeRules.id))
    .limit(1);
  return row ?? null;
}
