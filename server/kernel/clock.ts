/**
 * The two kinds of time (`docs/architecture.md`, Time). **Business time** decides what is due, valid or expired; in the
 * sandbox it can be moved. **Technical time** is real: timeouts, sessions, rate limits, logs.
 */
export type BusinessClock = { now(): Date };
export type TechnicalClock = { now(): Date };

export const technicalClock: TechnicalClock = { now: () => new Date() };

/** Business time as real time plus an offset that {@link MovableClock.setOffset} takes up from the database's `app_clock` row. */
export type MovableClock = BusinessClock & {
  readonly offsetMs: number;
  setOffset(ms: number): void;
};

export function movableClock(technical: TechnicalClock = technicalClock): MovableClock {
  let offsetMs = 0;
  return {
    get offsetMs() {
      return offsetMs;
    },
    setOffset(ms) {
      offsetMs = ms;
    },
    now: () => new Date(technical.now().getTime() + offsetMs),
  };
}
