import { once } from "node:events";
import { Worker } from "node:worker_threads";
import type { Stands } from "./standing-clock.ts";

export type WorkerOf = {
  readonly settings: Readonly<Record<string, string>>;
  /** To the database, for all jobs. */
  readonly connections: number;
  readonly stands: Stands;
};

/**
 * Starts the shop's worker beside its web: in a thread, as in production in a process, so that what is taken in does not wait
 * for jobs. Only the clock is shared. An error that nobody caught in it ends this process, too.
 */
export async function startWorkerThread(of: WorkerOf): Promise<{ stop(): Promise<void> }> {
  const thread = new Worker(new URL("./worker-thread.ts", import.meta.url), { workerData: of });
  await once(thread, "message");
  return {
    async stop() {
      const ended = once(thread, "exit");
      thread.postMessage("stop");
      await ended;
    },
  };
}
