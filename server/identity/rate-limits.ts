import { createHash } from "node:crypto";
import type { Sql } from "postgres";
import { RateLimiterPostgres, RateLimiterRes } from "rate-limiter-flexible";
import { identityErrors } from "./errors.ts";

const MINUTE = 60;
const HOUR = 60 * MINUTE;

/**
 * How often what may be tried: points per seconds. Per account alone the limit is generous, or anybody could lock
 * anybody out; guesses from one address at one account are few.
 */
const LIMITS = {
  sign_in_address: { points: 300, duration: 15 * MINUTE },
  sign_in_account: { points: 60, duration: HOUR },
  sign_in_account_from_address: { points: 10, duration: 15 * MINUTE },
  sign_up_address: { points: 60, duration: HOUR },
  mail_address: { points: 60, duration: HOUR },
  mail_account: { points: 5, duration: HOUR },
  second_factor_account: { points: 12, duration: 15 * MINUTE },
  sign_in_known_device: { points: 20, duration: 15 * MINUTE },
  step_up_account: { points: 12, duration: 15 * MINUTE },
  email_change_account: { points: 5, duration: HOUR },
  invitation_account: { points: 50, duration: HOUR },
  /** Each may leave a picture behind. */
  brand_account: { points: 30, duration: HOUR },
  link_address: { points: 60, duration: 15 * MINUTE },
  /** Looks at a page for a card, each a call to the payment provider: per link, or per person who is signed in. */
  card_page: { points: 20, duration: 15 * MINUTE },
} as const;
export type RateLimit = keyof typeof LIMITS;

/** Counts attempts in the database, so that any number of web processes share one count. Real time. */
export type RateLimits = {
  /** Counts one attempt. Throws `identity.too_many_attempts` with `retryAfterSeconds`. */
  consume(limit: RateLimit, ...key: readonly string[]): Promise<void>;
  /** Counts one attempt and says whether it is within the limit. */
  allows(limit: RateLimit, ...key: readonly string[]): Promise<boolean>;
  /** Takes one attempt back: it turned out to be genuine. */
  giveBack(limit: RateLimit, ...key: readonly string[]): Promise<void>;
};

export function createRateLimits(sql: Sql): RateLimits {
  const storeClient = {
    // The library speaks node-postgres; its statements are fixed, so they are prepared once per connection.
    async query({ text, values }: { text: string; values: (string | number | null)[] }) {
      const rows = await sql.unsafe(text, values, { prepare: true });
      return { rows, rowCount: rows.count };
    },
  };
  const limiters = new Map(
    Object.entries(LIMITS).map(([name, limit]) => [
      name,
      new RateLimiterPostgres({
        storeClient,
        storeType: "pool",
        tableName: "rate_limits",
        tableCreated: true,
        keyPrefix: name,
        ...limit,
      }),
    ]),
  );
  const limiter = (limit: RateLimit) => limiters.get(limit) ?? unknownLimit(limit);

  return {
    async consume(limit, ...key) {
      try {
        await limiter(limit).consume(hashed(key));
      } catch (error) {
        if (!(error instanceof RateLimiterRes)) throw error;
        throw identityErrors.tooManyAttempts({ retryAfterSeconds: Math.ceil(error.msBeforeNext / 1000) });
      }
    },
    async allows(limit, ...key) {
      try {
        await limiter(limit).consume(hashed(key));
        return true;
      } catch (error) {
        if (!(error instanceof RateLimiterRes)) throw error;
        return false;
      }
    },
    async giveBack(limit, ...key) {
      await limiter(limit).reward(hashed(key));
    },
  };
}

function unknownLimit(limit: string): never {
  throw new TypeError(`no rate limit is called ${limit}`);
}

/** No address and no e-mail is stored, only what they hash to. */
function hashed(key: readonly string[]): string {
  return createHash("sha256").update(key.join("\n")).digest("base64url");
}
