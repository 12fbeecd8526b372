import { type ParsedCronItem, parseCronItems } from "graphile-worker";
import type { Chore } from "../server/kernel/chore.ts";
import type { Sweep } from "../server/kernel/sweep.ts";

/**
 * Every sweep, every minute of real time, and the chores at theirs. One waits at most, however many workers there are; a minute that was missed is
 * not made up, since the next sweep finds the same things due.
 */
export function schedule(sweeps: readonly Sweep[], chores: readonly Chore[]): ParsedCronItem[] {
  const planned = [
    ...sweeps.map(({ name, job }) => ({ key: `sweep:${name}`, job, match: "* * * * *" })),
    ...chores.map(({ name, job, match }) => ({ key: `chore:${name}`, job, match })),
  ];
  return parseCronItems(
    planned.map(({ key, job, match }) => ({
      task: job.name,
      match,
      identifier: key,
      options: { jobKey: key, maxAttempts: job.attempts },
    })),
  );
}
