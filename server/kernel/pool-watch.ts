import type { DatabaseWatch } from "./db.ts";
import type { Metrics } from "./metrics.ts";

const LONG_SECONDS = 1;
const OFTEN = 3;
const WITHIN_MS = 60_000;
/** Telling takes a connection, too: not again before this. */
const QUIET_MS = 5 * 60_000;

/**
 * Measures statements and waits for a connection. When three transactions within a minute had to wait for longer than a
 * second the pool is exhausted: `tell` is called, at most once in five minutes.
 */
export function poolWatch(
  metrics: Pick<Metrics, "dbQuerySeconds" | "dbWaitSeconds">,
  tell: (longestSeconds: number) => void,
  now: () => number = () => performance.now(),
): DatabaseWatch {
  let waits: { at: number; seconds: number }[] = [];
  let toldAt = Number.NEGATIVE_INFINITY;
  return {
    query: (seconds) => metrics.dbQuerySeconds.observe(seconds),
    waited(seconds) {
      metrics.dbWaitSeconds.observe(seconds);
      if (seconds < LONG_SECONDS) return;
      const at = now();
      waits = [...waits.filter((wait) => wait.at > at - WITHIN_MS), { at, seconds }];
      if (waits.length < OFTEN || at - toldAt < QUIET_MS) return;
      toldAt = at;
      tell(Math.max(...waits.map((wait) => wait.seconds)));
    },
  };
}
