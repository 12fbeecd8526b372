import { eq } from "drizzle-orm";
import { creditSettings, type TOP_UP_STOPS } from "../../drizzle/schema/credit-settings.ts";
import type { Tx } from "../kernel/db.ts";
import { enqueue } from "../kernel/job.ts";
import { sendTopUpFailedJob } from "./jobs.ts";

/**
 * Tries no more charges by itself until the owner has looked, and has the mail sent that says why. Nothing where it was
 * switched off or stopped already. Idempotent.
 */
export async function stopTopUp(
  tx: Tx,
  stop: { readonly customerId: string; readonly reason: (typeof TOP_UP_STOPS)[number] },
): Promise<void> {
  const [row] = await tx
    .select({ stoppedAt: creditSettings.stoppedAt, topUp: creditSettings.topUp })
    .from(creditSettings)
    .where(eq(creditSettings.customerId, stop.customerId))
    .for("update");
  if (!row?.topUp || row.stoppedAt !== null) return;
  await tx
    .update(creditSettings)
    .set({ stoppedAt: tx.scope.now, stoppedReason: stop.reason })
    .where(eq(creditSettings.customerId, stop.customerId));
  await enqueue(tx, sendTopUpFailedJob, { customerId: stop.customerId });
}
