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
  /**
   * False for a look that finds nothing unless something else happens first: a clock that is moved does not stop at it on
   * its way, only where it arrives.
   */
  readonly wakes?: boolean;
  /**
   * The earliest instant at which the sweep has something to do; in the past when it has already; null for never. A clock
   * that is `onTheWay` need not be told of what finds nothing unless something else happens first.
   */
  nextDue(tx: Tx, onTheWay?: boolean): Promise<Date | null>;
};
