import type { Random } from "./random.ts";

/** What befalls a shop while it takes notifications in: how often each process is killed, and the database stopped at once. */
export type Faults = { readonly workerKills: number; readonly webKills: number; readonly databaseStops: number };

/** One fault, so many milliseconds after the beginning. */
export type Fault = { readonly at: number; readonly part: "server" | "worker" | "database" };

/** A process that dies within 10 s of its start too often is given up by the supervisor, rightly. */
const BETWEEN_KILLS_MS = 14_000;
/** Web and worker may end with the database and start anew: that is one of their deaths too. */
const AROUND_STOPS_MS = 15_000;
/** So much later at most: no fault is at an instant that anything else keeps to. */
const RANDOM_MS = 1_500;

/** All of them in the order of their instants: the kills at a fair pace, the stops evenly between them with quiet around each. */
export function faultPlan({ workerKills, webKills, databaseStops }: Faults, random: Random): Fault[] {
  const killsOf = (part: Fault["part"], count: number, first: number) =>
    Array.from({ length: count }, (_, i) => ({ part, at: first + i * BETWEEN_KILLS_MS + random.below(RANDOM_MS) }));
  const kills = [...killsOf("worker", workerKills, 2_000), ...killsOf("server", webKills, 7_000)].toSorted(
    (a, b) => a.at - b.at,
  );
  const plan: Fault[] = [];
  let stops = 0;
  let later = 0;
  for (let passed = 0; passed <= kills.length; passed++) {
    const next = kills[passed];
    while (stops < databaseStops && Math.round(((stops + 1) * kills.length) / (databaseStops + 1)) === passed) {
      const at = (plan.at(-1)?.at ?? 0) + AROUND_STOPS_MS + random.below(RANDOM_MS);
      plan.push({ part: "database", at });
      stops += 1;
      if (next) later = Math.max(later, at + AROUND_STOPS_MS - next.at);
    }
    if (next) plan.push({ ...next, at: next.at + later });
  }
  return plan;
}
