import type { Sweep } from "../kernel/sweep.ts";
import { bookGrants } from "./book-grants.ts";
import { collectOwedBack } from "./collect-owed-back.ts";
import type { SpendCtx } from "./consume-credits.ts";
import { expireGrants, lapseReservations, nextEnd } from "./expire-grants.ts";
import { sweepCreditsJob } from "./jobs.ts";

/**
 * Everything about credits that falls due, in the order in which one makes the next due, each row for itself. Bounded and
 * idempotent. Worker only.
 */
export async function sweepCredits(ctx: SpendCtx): Promise<void> {
  await lapseReservations(ctx);
  await collectOwedBack(ctx);
  await expireGrants(ctx);
  await bookGrants(ctx);
}

export const sweep: Sweep = { name: "credits", job: sweepCreditsJob, nextDue: nextEnd };
