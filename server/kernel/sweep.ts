import type { Tx } from "./db.ts";
import type { AnyJob } from "./job.ts";

/**
 * Work that falls due by business time: a bounded pass over a due column. The worker runs each every minute; the sandbox
 * runs those that are due whenever its clock is moved.
 */
export type Sweep = {
  readonly name: string;
  /** Takes no payload. Finds what is due by itself, in bounded batches. */
  readonly job: AnyJob;
  /** The earliest instant at which the sweep has something to do; in the past when it has already; null for never. */
  nextDue(tx: Tx): Promise<Date | null>;
};
