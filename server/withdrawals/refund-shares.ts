/** What is left of a payment; minor units. */
export type PaymentLeft = { readonly paymentId: string; readonly left: number };

/** Takes a sum from payments in the order given, as much from each as it has. Null when together they do not have it. */
export function refundShares(
  sum: number,
  payments: readonly PaymentLeft[],
): { paymentId: string; amount: number }[] | null {
  const shares: { paymentId: string; amount: number }[] = [];
  let open = sum;
  for (const { paymentId, left } of payments) {
    const amount = Math.min(open, left);
    if (amount > 0) shares.push({ paymentId, amount });
    open -= Math.max(0, amount);
  }
  return open > 0 ? null : shares;
}
