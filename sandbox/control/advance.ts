import { describeDue, obstacle, performDue } from "../stripe/billing/due-work.ts";
import type { Deliverer } from "../stripe/delivery/deliverer.ts";
import { nextDeliveryAt } from "../stripe/delivery/queue.ts";
import type { World } from "../stripe/world.ts";
import type { Product, ProductState } from "./product.ts";

/** Why the clock was not moved, or not as far as asked. */
export class AdvanceRefused extends Error {
  readonly code: "backwards" | "busy" | "not_simulated" | "stuck";
  readonly at: number | undefined;

  constructor(code: AdvanceRefused["code"], message: string, at?: number) {
    super(message);
    this.code = code;
    this.at = at;
  }
}

export interface Advanced {
  now: number;
  steps: number;
  performed: number;
}

/** How often the product is asked, and how long nothing may happen before that is an error. */
const [askEveryMs, patienceMs] = [50, 60_000];

const pause = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));
const iso = (instant: number) => new Date(instant).toISOString();

/**
 * Moves the clock: to the next instant at which anything is due here or in the product, lets both do their work
 * until it is done, and so on until the target. Nothing is skipped, so a year is lived and not jumped over.
 */
export class Advance {
  readonly #world: World;
  readonly #deliverer: Deliverer;
  readonly #product: Product | undefined;
  readonly #stopping = new AbortController();
  #running: { target: number; steps: number } | undefined;
  #finished: Promise<unknown> = Promise.resolve();

  constructor(world: World, deliverer: Deliverer, product: Product | undefined) {
    this.#world = world;
    this.#deliverer = deliverer;
    this.#product = product;
  }

  get running(): { target: number; steps: number } | undefined {
    return this.#running;
  }

  /** The next thing that will happen by itself, here or in the product. */
  async next(): Promise<{ at: number; what: string } | undefined> {
    const state = await this.#product?.tell(this.#world.clock.now(), this.#stopping.signal);
    return this.#nextDue(state);
  }

  /** What is due next in the sandbox alone. */
  nextHere(): { at: number; what: string } | undefined {
    return this.#nextDue(undefined);
  }

  async to(target: number): Promise<Advanced> {
    const { clock } = this.#world;
    if (this.#running)
      throw new AdvanceRefused("busy", `The clock is already on its way to ${iso(this.#running.target)}.`);
    if (target < clock.now()) {
      throw new AdvanceRefused(
        "backwards",
        `The clock stands at ${iso(clock.now())} and never goes back to ${iso(target)}.`,
      );
    }
    this.#running = { target, steps: 0 };
    const walk = this.#walk(target);
    this.#finished = walk.catch(() => undefined);
    try {
      return await walk;
    } finally {
      clock.release();
      this.#running = undefined;
      this.#deliverer.wake();
    }
  }

  /** Stops a clock that is on its way where it stands; resolves when nothing moves any more. */
  async stop(): Promise<void> {
    this.#stopping.abort(new Error("The sandbox is stopping."));
    await this.#finished;
  }

  async #walk(target: number): Promise<Advanced> {
    const { clock } = this.#world;
    const result = { now: clock.now(), steps: 0, performed: 0 };
    let instant = clock.now();
    while (true) {
      this.#stopping.signal.throwIfAborted();
      this.#refuseWhatCannotBe(instant);
      const { performed, state } = await this.#live(instant);
      result.performed += performed;
      result.steps += 1;
      this.#running = { target, steps: result.steps };
      if (instant >= target) break;
      const next = this.#nextDue(state)?.at ?? target;
      instant = Math.min(Math.max(next, instant + 1), target);
    }
    return { ...result, now: clock.now() };
  }

  /** Stands at one instant until everything it brings is done. */
  async #live(instant: number): Promise<{ performed: number; state: ProductState | undefined }> {
    const { clock } = this.#world;
    let performed = 0;
    this.#deliverer.hold();
    try {
      this.#world.database.unit(() => {
        clock.holdAt(instant);
        performed = performDue(this.#world);
      });
      // The product learns the time before it sees a delivery signed at that time.
      await this.#product?.tell(clock.now(), this.#stopping.signal);
    } finally {
      this.#deliverer.resume();
    }
    return { performed, state: await this.#untilIdle() };
  }

  async #untilIdle(): Promise<ProductState | undefined> {
    let lastProgress = performance.now();
    let seen = "";
    while (true) {
      this.#stopping.signal.throwIfAborted();
      while (
        this.#deliverer.busy() &&
        !this.#stopping.signal.aborted &&
        performance.now() - lastProgress < patienceMs
      ) {
        const busy = `delivering ${this.#deliverer.settled}`;
        if (busy !== seen) [seen, lastProgress] = [busy, performance.now()];
        this.#deliverer.wake();
        await this.#deliverer.quiet(askEveryMs);
      }
      const state = await this.#product?.tell(this.#world.clock.now(), this.#stopping.signal);
      if ((!state || state.idle) && !this.#deliverer.busy()) return state;
      const now = `${this.#deliverer.settled} ${this.#world.database.sequence} ${state?.nextDueAt}`;
      if (now !== seen) [seen, lastProgress] = [now, performance.now()];
      if (performance.now() - lastProgress > patienceMs) {
        throw new AdvanceRefused(
          "stuck",
          `At ${iso(this.#world.clock.now())} nothing happened for ${patienceMs / 1000} s, and ${state?.idle === false ? "the product says it is not done" : "deliveries are still on their way"}.`,
          this.#world.clock.now(),
        );
      }
      await pause(askEveryMs);
    }
  }

  #refuseWhatCannotBe(instant: number): void {
    for (const entry of this.#world.due.upcoming(1_000)) {
      if (entry.at * 1000 > instant) return;
      const what = obstacle(this.#world, entry);
      if (what === undefined) continue;
      throw new AdvanceRefused(
        "not_simulated",
        `The clock stays at ${iso(this.#world.clock.now())}: at ${iso(entry.at * 1000)} comes ${what}, which the sandbox does not simulate yet.`,
        entry.at * 1000,
      );
    }
  }

  #nextDue(state: ProductState | undefined): { at: number; what: string } | undefined {
    const now = this.#world.clock.now();
    const entry = this.#world.due.first();
    const delivery = nextDeliveryAt(this.#world);
    const candidates = [
      ...(entry ? [{ at: entry.at * 1000, what: describeDue(entry) }] : []),
      ...(delivery === undefined ? [] : [{ at: delivery, what: "a webhook is tried again" }]),
      ...(state?.nextDueAt !== undefined && state.nextDueAt > now
        ? [{ at: state.nextDueAt, what: "the product has work due" }]
        : []),
    ];
    return candidates.sort((a, b) => a.at - b.at)[0];
  }
}
