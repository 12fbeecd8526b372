/** From how many on nobody is told the number. */
const MOST_TOLD = 5;

/** What a visitor may know: whether it can be bought, and how many there are when they are few (five or fewer). */
export type StockState = {
  readonly state: "in_stock" | "few_left" | "sold_out";
  /** Only when few are left. */
  readonly left: number | null;
};

/** How many can be bought of each counted variant, up to six; a variant that is not here is not counted. */
export type StockLeft = ReadonlyMap<string, number>;

export function stockState(left: StockLeft, variantId: string): StockState {
  const count = left.get(variantId);
  if (count === undefined || count > MOST_TOLD) return { state: "in_stock", left: null };
  return count <= 0 ? { state: "sold_out", left: null } : { state: "few_left", left: count };
}

/** Of a product in several forms: sold out when all are; few left when the few are all there is. */
export function stockOfAll(states: readonly StockState[]): StockState {
  const buyable = states.filter(({ state }) => state !== "sold_out");
  if (buyable.length === 0) return { state: "sold_out", left: null };
  if (buyable.some(({ state }) => state === "in_stock")) return { state: "in_stock", left: null };
  const left = buyable.reduce((sum, one) => sum + (one.left ?? 0), 0);
  return left > MOST_TOLD ? { state: "in_stock", left: null } : { state: "few_left", left };
}

/** Whether this many can be bought, as far as a visitor may know: null for yes, else how many there are (0: none). */
export function tooFewFor(left: StockLeft, variantId: string, quantity: number): number | null {
  const count = left.get(variantId);
  return count === undefined || count > MOST_TOLD || count >= quantity ? null : Math.max(count, 0);
}
