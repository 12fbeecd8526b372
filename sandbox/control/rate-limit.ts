import { z } from "zod";
import type { Database } from "../store/database.ts";

export const rateLimitInput = z.strictObject({
  /** How many calls of the API a second of real time takes; null for no limit, as without the setting. */
  perSecond: z.number().int().min(1).max(10_000).nullable(),
});

export type RateLimitSetting = z.infer<typeof rateLimitInput>;

const name = "rate_limit";

/** The provider answers 429 to whoever calls too often; here only when that is asked for. */
export class RateLimit {
  readonly #database: Database;
  #second = 0;
  #calls = 0;

  constructor(database: Database) {
    this.#database = database;
  }

  get(): RateLimitSetting {
    return (this.#database.setting(name) as RateLimitSetting | undefined) ?? { perSecond: null };
  }

  set(setting: RateLimitSetting): RateLimitSetting {
    this.#database.setSetting(name, setting);
    this.#calls = 0;
    return this.get();
  }

  /** Counts a call; false when it is one too many in its second. */
  admits(milliseconds = performance.now()): boolean {
    const { perSecond } = this.get();
    if (perSecond === null) return true;
    const second = Math.floor(milliseconds / 1_000);
    if (second !== this.#second) [this.#second, this.#calls] = [second, 0];
    this.#calls += 1;
    return this.#calls <= perSecond;
  }
}
