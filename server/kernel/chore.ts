import type { AnyJob } from "./job.ts";

/** Work of the shop on itself by technical time: pruning, watching, proving that it works. */
export type Chore = {
  readonly name: string;
  /** Takes no payload. */
  readonly job: AnyJob;
  /** When, as cron writes it, in UTC. */
  readonly match: string;
};
