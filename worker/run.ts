import { EventEmitter } from "node:events";
import { type Runner, run, type TaskList } from "graphile-worker";
import pg from "pg";
import { followClock } from "../server/clock-follower.ts";
import { chores, sweeps } from "../server/due.ts";
import { jobs } from "../server/jobs.ts";
import type { AnyJob } from "../server/kernel/job.ts";
import type { Runtime } from "../server/wire.ts";
import type { Handler } from "./handler.ts";
import { queueLogger } from "./queue-log.ts";
import { guardPool, recoverEvery } from "./recovery.ts";
import { taskOf } from "./run-job.ts";
import { schedule } from "./schedule.ts";
import { handlers } from "./tasks/index.ts";

/**
 * 24 running and 24 fetched ahead: at most 48 jobs are in the hands of one process that is killed. Fetching ahead and
 * completing in batches is worth ten times the rate of trivial jobs and costs no latency when idle (measured).
 */
export const CONCURRENCY = 24;
const FETCH_AHEAD = CONCURRENCY;
/** After this a job that still runs is interrupted, with time left to write it down before the process ends. */
const DRAIN_MS = 6_000;

export type RunningWorker = {
  /** Takes no new jobs, waits for those that run, interrupts what takes too long, and lets go of everything. */
  stop(): Promise<void>;
  /** Rejects when the queue gives up by itself. */
  readonly ended: Promise<void>;
};

/** What stays open when a worker stops, for the next: the connections of the queue, and that of the guard, which is open. */
export type Lent = { readonly queue: pg.Pool; readonly guard: pg.Client };

/**
 * What takes jobs and gives them back finds them by index. The queue's statistics are of a moment in which nearly nothing waits, so
 * the planner would read and sort all that waits, and every version of it since the last vacuum, for each few jobs of a burst.
 */
const BY_INDEX = "-c enable_seqscan=off -c enable_bitmapscan=off";

/** The connections through which a worker takes jobs and gives them back. */
export function queuePool({ config, log }: Pick<Runtime, "config" | "log">): pg.Pool {
  const pool = new pg.Pool({
    connectionString: config.DATABASE_SERVICE_URL,
    max: 6,
    application_name: "kraftverk-worker-queue",
    options: BY_INDEX,
  });
  const lostClient = (error: Error) => log.warn({ err: error }, "a connection of the queue was lost");
  pool.on("error", lostClient);
  pool.on("connect", (client) => client.on("error", lostClient));
  return pool;
}

/**
 * Starts working off the queue. `onLost` is called when this process must end because others may take its jobs. What is
 * lent to it stays open when it stops.
 */
export async function startWorker(
  runtime: Runtime,
  onLost: (error: Error) => void,
  extra: TaskList = {},
  lent?: Lent,
): Promise<RunningWorker> {
  const { config, log } = runtime;
  const follower = await followClock(runtime, { kind: "worker", movable: config.profile === "sandbox" });
  const pool = lent?.queue ?? queuePool(runtime);
  const events = new EventEmitter();
  const poolId = new Promise<string>((resolve) =>
    events.once("pool:create", ({ workerPool }: { workerPool: { id: string } }) => resolve(workerPool.id)),
  );
  const runner: Runner = await run({
    pgPool: pool,
    events,
    logger: queueLogger(log),
    taskList: { ...tasks(runtime), ...extra },
    parsedCronItems: schedule(sweeps, chores),
    concurrency: CONCURRENCY,
    noHandleSignals: true,
    preset: {
      worker: {
        localQueue: { size: FETCH_AHEAD },
        // Jobs of one burst end a moment apart: eight milliseconds take most of their ends into one statement, and one wait for the disk.
        completeJobBatchDelay: 8,
        failJobBatchDelay: 0,
        gracefulShutdownAbortTimeout: DRAIN_MS,
      },
    },
  });
  const guard = await guardPool(lent?.guard ?? config.DATABASE_SERVICE_URL, await poolId, onLost);
  const recovery = recoverEvery(runtime, await poolId);

  return {
    ended: runner.promise,
    async stop() {
      recovery.stop();
      await runner.stop();
      await guard.release();
      await follower.close();
      if (!lent) await pool.end();
    },
  };
}

function tasks(runtime: Runtime): TaskList {
  return Object.fromEntries(
    (Object.keys(jobs) as (keyof typeof jobs)[]).map((name) => {
      const job: AnyJob = jobs[name];
      return [job.name, taskOf(runtime, job, handlers[name] as Handler<AnyJob>)];
    }),
  );
}
