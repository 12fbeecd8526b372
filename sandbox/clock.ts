import type { Database } from "./store/database.ts";

/**
 * Business time of the whole sandbox: real time plus an offset that only grows. While the clock is being
 * advanced it stands still at each instant, so that everything due then happens at exactly that time.
 */
export class Clock {
  readonly #database: Database;
  readonly #realNow: () => number;
  #offsetMs: number;
  #heldAt: number | undefined;

  constructor(database: Database, realNow: () => number = Date.now) {
    this.#database = database;
    this.#realNow = realNow;
    this.#offsetMs = Number(database.setting("clock_offset_ms") ?? 0);
  }

  /** Milliseconds since 1970. */
  now(): number {
    return this.#heldAt ?? this.#realNow() + this.#offsetMs;
  }

  /** Whole seconds, as the provider writes times. */
  seconds(): number {
    return Math.floor(this.now() / 1000);
  }

  get offsetMs(): number {
    return this.#offsetMs;
  }

  get held(): boolean {
    return this.#heldAt !== undefined;
  }

  /** Goes to an instant, never back, and stands still there; where that is, is written down with the next `holdAt`. */
  stepTo(instant: number): void {
    const at = Math.max(instant, this.now());
    this.#offsetMs = at - this.#realNow();
    this.#heldAt = at;
  }

  /** Goes to an instant, never back, and stands still there until `release`. */
  holdAt(instant: number): void {
    this.stepTo(instant);
    this.#database.setSetting("clock_offset_ms", this.#offsetMs);
  }

  /** Lets time flow again from where it stands. */
  release(): void {
    if (this.#heldAt === undefined) return;
    this.#offsetMs = this.#heldAt - this.#realNow();
    this.#heldAt = undefined;
    this.#database.setSetting("clock_offset_ms", this.#offsetMs);
  }

  /** Takes up the time that the state was left at: it was put in place of what was here. */
  reload(): void {
    this.#heldAt = undefined;
    this.#offsetMs = Number(this.#database.setting("clock_offset_ms") ?? 0);
  }

  /** Back to real time; only a reset of everything else makes that honest. */
  reset(): void {
    this.#offsetMs = 0;
    this.#heldAt = undefined;
    this.#database.setSetting("clock_offset_ms", 0);
  }
}
