/**
 * Where the tests with a database begin that `npm test` leaves to `npm test -- --whole`, which runs before every landing, since all
 * of them take longer than a run may: the stand-in's own, and what goes deeper into what other tests of every run go through. None
 * of them is named for a requirement. `npm run prove -- suites` runs them, too, and so does whoever names one of them:
 * `npm test -- db sandbox/stripe`.
 */
export const LEFT_FILES = [
  // What the shop needs of it is gone through by every test of money.
  "sandbox/stripe/",
  "sandbox/restart.",
  // Moving many from one version of a plan to another: worker/killed-move.http.test and server/plans/publish.db.test stay.
  "server/plans/move-now.",
  "server/plans/migrations.",
  "server/plans/carried-seats.",
  // Trials on each way to their end: server/checkout/trial.db.test and months-on-the-clock stay.
  "server/checkout/trial-without-card.",
  "server/checkout/trial-billed.",
  "server/checkout/trial-again.",
  // A month of random lives: months-on-the-clock and the calendar of a year stay.
  "scripts/time-machine/time-machine.",
];

/** What journeys say of themselves that are left to it in the same way. */
export const LEFT_TAG = "@whole";

/** Set where a run leaves nothing out. */
export const WHOLE = "KRAFTVERK_WHOLE";

/** Whether a run with these filters leaves them out. */
export function leavesOut(filters: readonly string[]): boolean {
  return filters.length === 0 && process.env.KRAFTVERK_FULL_SIZE !== "1" && process.env[WHOLE] !== "1";
}
