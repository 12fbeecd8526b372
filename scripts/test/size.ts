/**
 * How much of a proof is run: `npm test` does what fits into it, `npm run prove -- suites` all of it. Say both numbers where
 * the test is: `const REQUESTS = sized(1_500, 10_000)`.
 */
export function sized<Size extends number | string>(inTests: Size, inFull: Size): Size {
  return process.env.KRAFTVERK_FULL_SIZE === "1" ? inFull : inTests;
}
