import { eq } from "drizzle-orm";
import { withdrawals } from "../../drizzle/schema/withdrawals.ts";
import type { Tx } from "../kernel/db.ts";
import { emit } from "../kernel/event.ts";
import type { Withdrawal } from "./find-withdrawal.ts";
import type { Owed } from "./read-owed.ts";

/**
 * Where staff approved less than the rules gave, the refunds that they asked for with it say how much less (`Owed.off`): the withdrawal's sum
 * is lower by that from then on. Emits `withdrawal.lowered`, once for each sum. Idempotent; whichever job comes first does it, and the caller
 * holds the withdrawal. Worker only. Answers the withdrawal as it is then.
 */
export async function noteLowered(
  tx: Tx,
  withdrawal: Withdrawal,
  { given, off }: Pick<Owed, "given" | "off">,
): Promise<Withdrawal> {
  const { id, refundAmount } = withdrawal;
  const lowered = given - off;
  if (refundAmount === null || lowered >= refundAmount) return withdrawal;
  await tx.update(withdrawals).set({ refundAmount: lowered }).where(eq(withdrawals.id, id));
  await emit(tx, { name: "withdrawal.lowered", id });
  return { ...withdrawal, refundAmount: lowered };
}
