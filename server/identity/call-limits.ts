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
  /** Credits used by programs, one at a time; each key has a limit of its own besides. */
  spending: 600_000,
  /** Pages and parts of pages. */
  pages: 1200,
  /** Submitted forms. */
  forms: 300,
  /** Whatever is asked of the process, known addresses and unknown ones: far above all of the others together. */
  requests: 12_000,
  /** What a partner's system tells. */
  announcements: 1800,
  /** Calls that were to prove themselves and did not: an unsigned notification, an announcement or a call without a right key. */
  refusals: 120,
  /** Keys that open nothing. From then on no key of the address is even looked up; far above `refusals`, since the programs of one office share its address. */
  guesses: 1200,
} as const;
export type CallLimit = keyof typeof CALL_LIMITS;

const MINUTE_SECONDS = 60;

export type CallLimits = {
  /** Counts one request. Throws `identity.too_many_attempts` with `retryAfterSeconds`. */
  consume(limit: CallLimit, address: string): Promise<void>;
  /** After how many seconds there is room again, without counting anything; null: there is. */
  secondsToWait(limit: CallLimit, address: string): Promise<number | null>;
  /** Counts one request of an API key against its own limit, in place of its address's. Throws the same. */
  consumeKey(key: { readonly id: string; readonly rateLimit: number }): Promise<void>;
};

/** `scale` multiplies every limit: a measurement from one address needs more, a test of the limits less. */
export function createCallLimits({ scale }: { scale: number }): CallLimits {
  const limiters = new Map(
    Object.entries(CALL_LIMITS).map(([keyPrefix, points]) => [
      keyPrefix,
      new RateLimiterMemory({ keyPrefix, points: Math.max(1, Math.round(points * scale)), duration: MINUTE_SECONDS }),
    ]),
  );
  // Only counts: how many are too many is each key's own.
  const ofKeys = new RateLimiterMemory({ keyPrefix: "key", points: 1_000_000_000, duration: MINUTE_SECONDS });
  const refused = ({ msBeforeNext }: RateLimiterRes) =>
    identityErrors.tooManyAttempts({ retryAfterSeconds: Math.max(1, Math.ceil(msBeforeNext / 1000)) });
  return {
    async consume(limit, address) {
      try {
        await limiters.get(limit)?.consume(address);
      } catch (error) {
        throw error instanceof RateLimiterRes ? refused(error) : error;
      }
    },
    async secondsToWait(limit, address) {
      const limiter = limiters.get(limit);
      const counted = await limiter?.get(address);
      if (!limiter || !counted || counted.consumedPoints < limiter.points) return null;
      return Math.max(1, Math.ceil(counted.msBeforeNext / 1000));
    },
    async consumeKey({ id, rateLimit }) {
      const counted = await ofKeys.consume(id);
      if (counted.consumedPoints > Math.max(1, Math.round(rateLimit * scale))) throw refused(counted);
    },
  };
}
