/** One line of a cart. `shownAmount`: the unit price the visitor saw when the line was last touched, in minor units. */
export type CartLine = {
  readonly variantId: string;
  readonly productId: string;
  readonly quantity: number;
  readonly shownAmount: number;
};

export const MOST_OF_ONE = 99;
export const MOST_LINES = 50;

/** More of the same raises the line's quantity, up to the most of one; what is new comes last. */
export function addLine(lines: readonly CartLine[], added: CartLine): CartLine[] {
  const known = lines.find((line) => line.variantId === added.variantId);
  if (!known) return [...lines, { ...added, quantity: Math.min(added.quantity, MOST_OF_ONE) }];
  const quantity = Math.min(known.quantity + added.quantity, MOST_OF_ONE);
  return lines.map((line) => (line === known ? { ...line, quantity, shownAmount: added.shownAmount } : line));
}

/** 0 takes the line out; a line that is not there stays away. */
export function setQuantity(lines: readonly CartLine[], variantId: string, quantity: number): CartLine[] {
  return lines.flatMap((line) => {
    if (line.variantId !== variantId) return [line];
    return quantity === 0 ? [] : [{ ...line, quantity }];
  });
}

/** Two carts of one person become one: nothing is lost, and what the first one showed stays as it was shown. */
export function mergeLines(lines: readonly CartLine[], others: readonly CartLine[]): CartLine[] {
  return others.reduce<CartLine[]>(
    (merged, other) => {
      const known = merged.find((line) => line.variantId === other.variantId);
      return addLine(merged, known ? { ...other, shownAmount: known.shownAmount } : other);
    },
    [...lines],
  );
}

export function sameLines(a: readonly CartLine[], b: readonly CartLine[]): boolean {
  return (
    a.length === b.length &&
    a.every((line, i) => {
      const other = b[i];
      return (
        line.variantId === other?.variantId &&
        line.quantity === other.quantity &&
        line.shownAmount === other.shownAmount
      );
    })
  );
}
