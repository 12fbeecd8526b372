import type { Tx } from "../kernel/db.ts";
import { addRefund } from "../payments/index.ts";
import type { Withdrawal } from "./find-withdrawal.ts";
import { lowerParts } from "./lower-parts.ts";
import type { Owed } from "./read-owed.ts";
import { namedShares, refundShares } from "./refund-shares.ts";

/**
 * Writes the intents that pay back a sum of what a withdrawal owes: from the newest payment back, one each, which names the lines that it
 * carries; the first says what staff took off beside that (`off`, minor units). Idempotent by withdrawal, payment and try. False where the
 * payments do not hold so much any more: then nothing is written.
 */
export async function addRefunds(
  tx: Tx,
  { id, orderId, currency }: Withdrawal,
  owed: Owed,
  { sum, off = 0 }: { readonly sum: number; readonly off?: number },
): Promise<boolean> {
  const shares = refundShares(sum, owed.payments);
  if (!shares) return false;
  const whole = lowerParts(owed.parts, owed.sum - sum - off);
  const parts = lowerParts(whole, off);
  const takenOff = parts.flatMap(({ orderLineId, amount }, index) => {
    const less = (whole[index]?.amount ?? 0) - amount;
    return less > 0 ? [{ orderLineId, quantity: 0, amount: 0, takenOff: less }] : [];
  });
  for (const [index, { paymentId, amount, lines }] of namedShares(shares, parts).entries())
    await addRefund(tx, {
      ...{ paymentId, orderId, withdrawalId: id, amount, currency },
      lines: index === 0 ? [...lines, ...takenOff] : lines,
      reason: "withdrawal",
      idempotencyKey: `withdrawal:${id}:${paymentId}:${owed.failed}`,
    });
  return true;
}
