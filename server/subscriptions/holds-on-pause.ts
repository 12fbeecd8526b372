import { eq } from "drizzle-orm";
import { planVersions } from "../../drizzle/schema/plans.ts";
import type { Tx } from "../kernel/db.ts";

/** Whether a plan gives everything while it rests, by the version that was bought. A person's own membership has none: it gives nothing then. */
export async function holdsOnPause(tx: Tx, { planVersionId }: { planVersionId: string | null }): Promise<boolean> {
  if (planVersionId === null) return false;
  const [version] = await tx
    .select({ pauseKeeps: planVersions.pauseKeeps })
    .from(planVersions)
    .where(eq(planVersions.id, planVersionId));
  return version?.pauseKeeps ?? false;
}
