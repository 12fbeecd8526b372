import type { z } from "zod";
import type { Tx } from "./db.ts";
import { currentRequestId } from "./log.ts";

/**
 * Work for the worker. The payload holds ids and periods, never rows; it is parsed when it runs, and new fields are
 * optional because older jobs may still wait. Handlers are idempotent: a killed worker's jobs run again.
 */
export type Job<Name extends string = string, Schema extends z.ZodType = z.ZodType> = {
  readonly name: Name;
  readonly payload: Schema;
  /** How often it is tried in all before it stays for a person (exponential backoff, about 2 hours for 12). */
  readonly attempts: number;
  readonly _payload?: z.input<Schema>;
};
export type AnyJob = Job<string, z.ZodType>;
export type PayloadOf<J> = J extends { readonly payload: infer Schema extends z.ZodType } ? z.output<Schema> : never;

export function defineJob<const Name extends string, Schema extends z.ZodType>(job: {
  name: Name;
  payload: Schema;
  attempts?: number;
}): Job<Name, Schema> {
  return { name: job.name, payload: job.payload, attempts: job.attempts ?? 12 };
}

/**
 * Adds a job in the caller's transaction: it exists if and only if the transaction commits. All jobs of a transaction go to
 * the queue together, at its end.
 * `key` keeps one waiting job per key, the last request winning; `runAt` is technical time (business dates are columns that a sweep reads).
 */
export async function enqueue<Payload>(
  tx: Tx,
  job: AnyJob & { readonly _payload?: Payload },
  payload: Payload,
  options: { key?: string; runAt?: Date } = {},
): Promise<void> {
  const requestId = currentRequestId();
  const spec = {
    identifier: job.name,
    // The request's id travels along, so that the log of what follows can be found from the request and back.
    payload: {
      ...(job.payload.parse(payload) as object),
      ...(requestId === undefined ? {} : { _requestId: requestId }),
    },
    max_attempts: job.attempts,
    ...(options.key === undefined ? {} : { job_key: options.key }),
    ...(options.runAt === undefined ? {} : { run_at: options.runAt.toISOString() }),
  };
  tx.scope.jobs.push(spec);
}
