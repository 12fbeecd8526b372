import type { Tx } from "../kernel/db.ts";
import { addRefund } from "../payments/index.ts";
import type { Withdrawal } from "./find-withdrawal.ts";
import { lowerParts } from "./lower-parts.ts";
import type { Owed } from "./read-owed.ts";
import { namedShares, refundShares } from "./refund-shares.ts";

/**
 * Writes the intents that pay back a sum of what a withdrawal owes: from the newest payment back, one each, which names the lines that it
 * carries. Idempotent by withdrawal, payment and try. False where the payments do not hold so much any more: then nothing is written.
 */
export async function addRefunds(
  tx: Tx,
  { id, orderId, currency }: Withdrawal,
  owed: Owed,
  sum: number = owed.sum,
): Promise<boolean> {
  const shares = refundShares(sum, owed.payments);
  if (!shares) return false;
  const parts = lowerParts(owed.parts, owed.sum - sum).map(({ orderLineId, quantity, amount }) => {
    return { orderLineId, quantity, amount };
  });
  for (const { paymentId, amount, lines } of namedShares(shares, parts))
    await addRefund(tx, {
      ...{ paymentId, orderId, withdrawalId: id, amount, currency, lines },
      reason: "withdrawal",
      idempotencyKey: `withdrawal:${id}:${paymentId}:${owed.failed}`,
    });
  return true;
}

/** Which try a refund of a withdrawal was: how many of its refunds had failed before. */
export const tryOf = ({ idempotencyKey }: { readonly idempotencyKey: string }): number =>
  Number(idempotencyKey.slice(idempotencyKey.lastIndexOf(":") + 1));
