import type { jobs } from "../server/jobs.ts";
import type { Ctx } from "../server/kernel/ctx.ts";
import type { AnyJob, PayloadOf } from "../server/kernel/job.ts";
import type { Metrics } from "../server/kernel/metrics.ts";
import type { Providers } from "../server/ports.ts";

/** What a handler may know of the run it is in. */
export type JobRun = {
  /** 1 for the first. */
  readonly attempt: number;
  readonly lastAttempt: boolean;
  /** Aborted when the worker stops or the job's time is up; for whatever can be given up early. */
  readonly signal: AbortSignal;
  readonly metrics: Metrics;
};

/** Thin: it calls one use case. A throw is a failed attempt; a refusal (`DomainError`) is the last one. */
export type Handler<J extends AnyJob> = (ctx: Ctx<Providers>, payload: PayloadOf<J>, run: JobRun) => Promise<unknown>;

/** Says of a job that will not run again what it leaves undone, where an alert that names the job is not enough. */
export type StopHandler<J extends AnyJob> = (
  ctx: Ctx<Providers>,
  payload: PayloadOf<J>,
  reason: string,
) => Promise<unknown>;

type Jobs = typeof jobs;
/** One handler for every job there is. */
export type Handlers = { readonly [Name in keyof Jobs]: Handler<Jobs[Name]> };
/** Only for jobs whose thing has a state of its own for it. */
export type StopHandlers = { readonly [Name in keyof Jobs]?: StopHandler<Jobs[Name]> };
