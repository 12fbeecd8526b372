import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import { identityErrors } from "./errors.ts";

/**
 * How many requests one address may make in a minute, by what they cost: far above what a person or an office does, far
 * below what a program can. Counted in each process's memory, since a count in the database would cost more than most of
 * the requests it counts; what can be guessed at has its own counts there (`rate-limits.ts`).
 */
export const CALL_LIMITS = {
  /** Calls of procedures that read; a page makes a handful, a batch counts each of its calls. */
  reads: 6000,
  /** Calls of procedures that change something. */
  writes: 600,
  /** Pages and parts of pages. */
  pages: 1200,
  /** Submitted forms. */
  forms: 300,
} as const;
export type CallLimit = keyof typeof CALL_LIMITS;

const MINUTE_SECONDS = 60;

export type CallLimits = {
  /** Counts one request. Throws `identity.too_many_attempts` with `retryAfterSeconds`. */
  consume(limit: CallLimit, address: string): Promise<void>;
};

/** `scale` multiplies every limit: a measurement from one address needs more, a test of the limits less. */
export function createCallLimits({ scale }: { scale: number }): CallLimits {
  const limiters = new Map(
    Object.entries(CALL_LIMITS).map(([keyPrefix, points]) => [
      keyPrefix,
      new RateLimiterMemory({ keyPrefix, points: Math.max(1, Math.round(points * scale)), duration: MINUTE_SECONDS }),
    ]),
  );
  return {
    async consume(limit, address) {
      try {
        await limiters.get(limit)?.consume(address);
      } catch (error) {
        if (!(error instanceof RateLimiterRes)) throw error;
        throw identityErrors.tooManyAttempts({ retryAfterSeconds: Math.max(1, Math.ceil(error.msBeforeNext / 1000)) });
      }
    },
  };
}
