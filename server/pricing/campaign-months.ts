/** How often something is paid: null, null: once. */
export type Paid = { readonly interval: string | null; readonly intervalCount: number | null };

/**
 * Whether a campaign of so many months ends where a paid period does, so that nobody pays part of a period at one price and
 * part at another. What is paid once has no end to meet. Null months: the price holds as long as what is bought.
 */
export function comesOutEven(months: number | null, { interval, intervalCount }: Paid): boolean {
  if (months === null || interval === null) return true;
  const every = intervalCount ?? 1;
  if (interval === "month") return months % every === 0;
  return interval === "year" && months % (12 * every) === 0;
}
