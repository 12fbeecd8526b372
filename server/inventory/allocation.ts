/** What can be taken from a place. */
export type Shelf = { readonly locationId: string; readonly free: number };
export type Share = { readonly locationId: string; readonly quantity: number };

/**
 * From where so many are taken: from one place where that can be, else from the first ones on. Pure; `shelves` in the order
 * they are sold from. What is not there stays `missing`.
 */
export function allocate(shelves: readonly Shelf[], quantity: number): { shares: Share[]; missing: number } {
  const whole = shelves.find(({ free }) => free >= quantity);
  if (quantity > 0 && whole) return { shares: [{ locationId: whole.locationId, quantity }], missing: 0 };
  const shares: Share[] = [];
  let missing = quantity;
  for (const { locationId, free } of shelves) {
    const taken = Math.min(missing, Math.max(free, 0));
    if (taken > 0) shares.push({ locationId, quantity: taken });
    missing -= taken;
  }
  return { shares, missing };
}
