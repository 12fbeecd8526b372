import { type ParsedCronItem, parseCronItems } from "graphile-worker";
import type { Sweep } from "../server/kernel/sweep.ts";

/**
 * Every sweep, every minute of real time. One waits at most, however many workers there are; a minute that was missed is
 * not made up, since the next sweep finds the same things due.
 */
export function schedule(sweeps: readonly Sweep[]): ParsedCronItem[] {
  return parseCronItems(
    sweeps.map(({ name, job }) => ({
      task: job.name,
      match: "* * * * *",
      identifier: `sweep:${name}`,
      options: { jobKey: `sweep:${name}`, maxAttempts: job.attempts },
    })),
  );
}
