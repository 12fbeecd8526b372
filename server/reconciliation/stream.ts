const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How a list of the provider's is read: how often, how far the readings overlap, how far back the first one goes. */
export type StreamPlan = {
  readonly name: "events" | "payments" | "payouts" | "objects";
  readonly everyMs: number;
  readonly overlapMs: number;
  readonly firstReachMs: number;
  /** What is younger than this is left to the next reading: it may still be on its way by itself. */
  readonly graceMs: number;
};

export const EVENTS: StreamPlan = {
  name: "events",
  everyMs: 5 * MINUTE,
  overlapMs: 10 * MINUTE,
  // A shop that never asked before has missed nothing that its open objects would not show.
  firstReachMs: HOUR,
  graceMs: MINUTE,
};
export const PAYMENTS: StreamPlan = {
  name: "payments",
  everyMs: HOUR,
  overlapMs: DAY,
  firstReachMs: 30 * DAY,
  graceMs: 10 * MINUTE,
};
/** What goes to the bank; nothing else tells of it. A bank may send back what it had for some days, so a month is read each time. */
export const PAYOUTS: StreamPlan = {
  name: "payouts",
  everyMs: 6 * HOUR,
  overlapMs: 30 * DAY,
  firstReachMs: 365 * DAY,
  graceMs: 0,
};
/** A round of the objects that may still change; it has no cursor. */
export const OBJECTS: StreamPlan = {
  name: "objects",
  everyMs: 5 * MINUTE,
  overlapMs: 0,
  firstReachMs: 0,
  graceMs: 0,
};
export const STREAMS: readonly StreamPlan[] = [EVENTS, PAYMENTS, PAYOUTS, OBJECTS];

type StreamState = { readonly ranAt: Date | null; readonly walkDownTo: Date | null };

/** When a stream is read next: at once when it never was, when a reading was too long, and when the clock went back. */
export function nextReading(plan: StreamPlan, state: StreamState | undefined, now: Date): Date {
  const ranAt = state?.ranAt ?? null;
  if (ranAt === null || ranAt.getTime() > now.getTime() + MINUTE) return state?.walkDownTo ?? new Date(0);
  return new Date(ranAt.getTime() + plan.everyMs);
}
