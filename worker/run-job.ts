import type { JobHelpers, Task } from "graphile-worker";
import { raiseAlert } from "../server/kernel/alert.ts";
import { DomainError, isFinalRefusal, ProviderError } from "../server/kernel/errors.ts";
import { newId } from "../server/kernel/id.ts";
import type { AnyJob } from "../server/kernel/job.ts";
import { redactText, withRequestId } from "../server/kernel/log.ts";
import type { Runtime } from "../server/wire.ts";
import type { Handler } from "./handler.ts";
import { stopJob } from "./stop-job.ts";

/** A job that takes longer is given up and tried again: it must not hold its place for ever. */
const JOB_TIMEOUT_MS = 60_000;

class TimedOut extends Error {
  override readonly name = "TimedOut";
}

class Interrupted extends Error {
  override readonly name = "Interrupted";
}

/** Why whatever a job left behind is told to stop; made once, since the platform's own would write a stack for every job. */
const OVER = new Interrupted("The job is over.");

/**
 * Wraps a handler as the queue's task: context of the system under the request's id that caused the job, payload parsed,
 * time bounded, measured. A refusal or a payload that does not parse stops the job for good with an alert, so does the
 * last failed attempt; anything else is thrown for the queue to try again. A job that the worker's own stop interrupts
 * gets its attempt back.
 */
export function taskOf<J extends AnyJob>(
  runtime: Runtime,
  job: J,
  handler: Handler<J>,
  timeoutMs = JOB_TIMEOUT_MS,
): Task {
  return (raw, helpers) => {
    const { _requestId, ...payload } = (raw ?? {}) as Record<string, unknown>;
    const requestId = typeof _requestId === "string" ? _requestId : newId("req");
    return withRequestId(requestId, async () => {
      const started = performance.now();
      const observe = (outcome: string) =>
        runtime.metrics.jobSeconds.observe({ task: job.name, outcome }, (performance.now() - started) / 1000);
      const { attempts: attempt, max_attempts: most } = helpers.job;
      const ctx = runtime.ctx({ kind: "system", name: job.name }, requestId, runtime.service);
      try {
        await bounded(timeoutMs, helpers.abortSignal, (over) =>
          handler(ctx, job.payload.parse(payload) as Parameters<typeof handler>[1], {
            attempt,
            lastAttempt: attempt >= most,
            get signal() {
              return over.signal;
            },
            metrics: runtime.metrics,
          }),
        );
        observe("done");
      } catch (error) {
        const outcome = outcomeOf(error, attempt >= most);
        observe(outcome);
        await settle(runtime, job, helpers, outcome, payload, error);
        throw error;
      }
    });
  };
}

type Outcome = "retried" | "stopped" | "interrupted";

function outcomeOf(error: unknown, lastAttempt: boolean): Outcome {
  if (error instanceof Interrupted) return "interrupted";
  return isFinalRefusal(error) || lastAttempt ? "stopped" : "retried";
}

/** Tells the queue and people what becomes of a failed attempt, before the failure itself is thrown to the queue. */
async function settle(
  runtime: Runtime,
  job: AnyJob,
  helpers: JobHelpers,
  outcome: Outcome,
  payload: Record<string, unknown>,
  error: unknown,
): Promise<void> {
  const { log, metrics } = runtime;
  const { id, attempts: attempt, max_attempts: most } = helpers.job;
  const line = { err: error, job: job.name, jobId: id, attempt, of: most, outcome };
  if (outcome === "interrupted") {
    log.info({ job: job.name, jobId: id }, "a job was interrupted by the worker's stop");
    await helpers.query("update graphile_worker._private_jobs set attempts = greatest(attempts - 1, 0) where id = $1", [
      id,
    ]);
    return;
  }
  const expected = error instanceof DomainError || error instanceof ProviderError;
  metrics.errors.inc({
    kind: error instanceof DomainError ? "domain" : error instanceof ProviderError ? "provider" : "bug",
  });
  log[expected ? "warn" : "error"](
    line,
    outcome === "stopped" ? "a job stopped for good" : "a job failed and will be tried again",
  );
  if (error instanceof TimedOut) await tellTimedOut(runtime, job, error.message);
  if (outcome !== "stopped") return;
  await helpers.query("update graphile_worker._private_jobs set max_attempts = greatest(attempts, 1) where id = $1", [
    id,
  ]);
  await stopJob(
    runtime,
    job.name,
    payload,
    redactText(error instanceof Error ? error.message : String(error)).slice(0, 400),
  );
}

/** One alert for each kind of job: something it needs hangs, and every other job of its kind will, too. */
async function tellTimedOut(runtime: Runtime, job: AnyJob, message: string): Promise<void> {
  const ctx = runtime.ctx({ kind: "system", name: job.name }, newId("req"), runtime.service);
  const detail = `${message} It is tried again; whatever it waits for hangs.`;
  await ctx.db.transaction((tx) => raiseAlert(tx, { kind: "jobs.timed_out", subject: job.name, detail }));
}

/** Runs `work` until it is done, its time is up, or the worker stops. Work that does not listen to the signal is left behind: it is idempotent. */
async function bounded<T>(ms: number, stop: AbortSignal | undefined, work: (over: Over) => Promise<T>): Promise<T> {
  const over = new Over();
  let timer: NodeJS.Timeout | undefined;
  let interrupt = () => {};
  const ended = new Promise<never>((_resolve, reject) => {
    interrupt = () => reject(new Interrupted("The worker stops."));
    if (stop?.aborted) interrupt();
    stop?.addEventListener("abort", interrupt, { once: true });
    timer = setTimeout(() => reject(new TimedOut(`The job took longer than ${ms / 1000} seconds.`)), ms);
  });
  try {
    return await Promise.race([work(over), ended]);
  } finally {
    clearTimeout(timer);
    stop?.removeEventListener("abort", interrupt);
    over.end();
  }
}

/** That a job's time is over, however that came. Its signal is made for the few who ask: it costs more than all else around a job. */
class Over {
  #controller: AbortController | undefined;
  #ended = false;

  get signal(): AbortSignal {
    this.#controller ??= new AbortController();
    if (this.#ended) this.#controller.abort(OVER);
    return this.#controller.signal;
  }

  end(): void {
    this.#ended = true;
    this.#controller?.abort(OVER);
  }
}
