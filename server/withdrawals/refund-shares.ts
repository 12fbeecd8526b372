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

/** An order line's part of what is paid back. `quantity` is 0 where another refund names its pieces. */
export type LinePart = { readonly orderLineId: string; readonly quantity: number; readonly amount: number };

/** Names the lines that each share carries, in their order: a line that two payments share is named with both. */
export function namedShares(
  shares: readonly { readonly paymentId: string; readonly amount: number }[],
  parts: readonly LinePart[],
): { paymentId: string; amount: number; lines: LinePart[] }[] {
  const open = parts.map((part) => ({ ...part }));
  return shares.map(({ paymentId, amount }) => {
    const lines: LinePart[] = [];
    let rest = amount;
    for (const part of open) {
      const taken = Math.min(rest, part.amount);
      if (taken <= 0) continue;
      lines.push({ orderLineId: part.orderLineId, quantity: part.quantity, amount: taken });
      part.amount -= taken;
      part.quantity = 0;
      rest -= taken;
    }
    return { paymentId, amount, lines };
  });
}
