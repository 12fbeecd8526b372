/** How often a delivery is tried before it is given up. */
export const ATTEMPTS = 10;
const FIRST_MS = 5_000;
const FACTOR = 3.5;
const LONGEST_MS = 12 * 3_600_000;

/**
 * How long to wait after `attempts` failures, in milliseconds: about 5 s, 18 s, 1 min, 4 min, 13 min, 44 min, 2.5 h, 9 h,
 * 12 h. `random` in [0, 1) spreads them by a fifth, so that deliveries which failed together do not return together.
 */
export function retryDelay(attempts: number, random: number): number {
  const plain = Math.min(FIRST_MS * FACTOR ** (attempts - 1), LONGEST_MS);
  return Math.round(plain * (0.9 + random * 0.2));
}
