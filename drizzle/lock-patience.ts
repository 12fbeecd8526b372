import { setTimeout as pause } from "node:timers/promises";
import postgres from "postgres";

/** How long a statement may stand in the way of the shop before it lets it pass and tries again, and how often. */
const LOCK_WAIT = "500ms";
const TRIES = 40;

/**
 * Does what takes a lock that the shop would queue behind: gives up after half a second, so that those who queued get
 * through, and tries again. Throws when that was so for half a minute: something holds the table for long.
 */
export async function lettingOthersPass(owner: postgres.Sql, work: () => Promise<unknown>): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await withLockWait(owner, LOCK_WAIT, work);
    } catch (error) {
      const code = error instanceof postgres.PostgresError ? error.code : "";
      if (!["55P03", "40P01"].includes(code) || attempt === TRIES) throw error;
      await pause(100 + Math.random() * 400);
    }
  }
}

export async function withLockWait(owner: postgres.Sql, wait: string, work: () => Promise<unknown>): Promise<void> {
  await owner.unsafe(`set lock_timeout = '${wait}'`);
  await work();
}
