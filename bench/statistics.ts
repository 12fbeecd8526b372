/** The middle of an odd number of figures. */
export function median(figures: readonly number[]): number {
  return figures.toSorted((a, b) => a - b)[Math.floor(figures.length / 2)] ?? Number.NaN;
}

/** The figure that `share` (0.99) of all stay below. */
export function percentile(figures: readonly number[], share: number): number {
  const sorted = figures.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** How far the figures of one baseline lie apart, as a share of the smallest. */
export function drift(figures: readonly number[]): number {
  return figures.length === 0 ? 0 : Math.max(...figures) / Math.min(...figures) - 1;
}
