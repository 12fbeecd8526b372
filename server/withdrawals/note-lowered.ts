import { eq } from "drizzle-orm";
import { refunds } from "../../drizzle/schema/refunds.ts";
import { withdrawals } from "../../drizzle/schema/withdrawals.ts";
import type { Tx } from "../kernel/db.ts";
import { emit } from "../kernel/event.ts";
import { tryOf } from "./add-refunds.ts";
import type { Withdrawal } from "./find-withdrawal.ts";

/**
 * Where staff approved less than the rules gave, the refunds that they asked for with it say how much: that is the withdrawal's sum from then
 * on. Emits `withdrawal.lowered`, once for each sum. Idempotent; whichever job comes first does it, and the caller holds the withdrawal. Worker
 * only. Answers the withdrawal as it is then.
 */
export async function noteLowered(tx: Tx, withdrawal: Withdrawal): Promise<Withdrawal> {
  const { id, refundAmount } = withdrawal;
  const { status, amount, requestedBy, idempotencyKey } = refunds;
  const asked = await tx
    .select({ status, amount, requestedBy, idempotencyKey })
    .from(refunds)
    .where(eq(refunds.withdrawalId, id));
  const byStaff = asked.filter((one) => one.requestedBy.startsWith("staff:"));
  if (byStaff.length === 0 || refundAmount === null) return withdrawal;
  // Those of the last press count also where they have failed: they are what was decided, and owed.
  const last = Math.max(...byStaff.map(tryOf));
  const decided = asked
    .filter((one) => one.status !== "failed" || (byStaff.includes(one) && tryOf(one) === last))
    .reduce((sum, one) => sum + one.amount, 0);
  if (decided >= refundAmount) return withdrawal;
  await tx.update(withdrawals).set({ refundAmount: decided }).where(eq(withdrawals.id, id));
  await emit(tx, { name: "withdrawal.lowered", id });
  return { ...withdrawal, refundAmount: decided };
}
