import { describeDue, performUntil } from "../stripe/billing/due-work.ts";
import type { Deliverer } from "../stripe/delivery/deliverer.ts";
import { nextDeliveryAt, waitingDeliveries } from "../stripe/delivery/queue.ts";
import type { World } from "../stripe/world.ts";
import { type Product, ProductSlow, type ProductState } from "./product.ts";

/** Why the clock was not moved, or not as far as asked. */
export class AdvanceRefused extends Error {
  readonly code: "backwards" | "busy" | "stuck";
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

/** How many seconds a product that is still starting is waited for. */
const introductions = 120;

const immediately = () => new Promise<void>((resolve) => setImmediate(resolve));
const pause = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));
const iso = (instant: number) => new Date(instant).toISOString();

function productIsNot({ waitingFor }: ProductState): string {
  return waitingFor.length > 0
    ? `these processes of the product have not taken up the time: ${waitingFor.join(", ")}`
    : "the product says it is not done";
}

/**
 * Moves the clock: to the next instant at which anything is due here or in the product, lets both do their work
 * until it is done, and so on until the target. Nothing is skipped, so a year is lived and not jumped over.
 */
export class Advance {
  readonly #world: World;
  readonly #deliverer: Deliverer;
  readonly #product: Product | undefined;
  readonly #calls: { readonly served: number };
  readonly #stopping = new AbortController();
  #running: { target: number; steps: number } | undefined;
  #finished: Promise<unknown> = Promise.resolve();

  /** `calls`: those that the product made here. */
  constructor(
    world: World,
    deliverer: Deliverer,
    product: Product | undefined,
    calls: { readonly served: number } = { served: 0 },
  ) {
    this.#world = world;
    this.#deliverer = deliverer;
    this.#product = product;
    this.#calls = calls;
  }

  get running(): { target: number; steps: number } | undefined {
    return this.#running;
  }

  /** The next thing that will happen by itself, here or in the product. */
  async next(): Promise<{ at: number; what: string } | undefined> {
    const state = await this.#product?.tell(this.#world.clock.now(), this.#stopping.signal);
    return this.#nextDue(state);
  }

  /** What will happen by itself in the sandbox, in order, as far as it is known now; at most `limit` things. */
  upcoming(limit: number): { at: number; what: string }[] {
    const due = this.#world.due.upcoming(limit).map((entry) => ({ at: entry.at * 1000, what: describeDue(entry) }));
    const retries = waitingDeliveries(this.#world, limit).map((one) => ({
      at: one.nextAt,
      what: `${one.attempts === 0 ? "a webhook is sent late" : "a webhook is tried again"} (${one.type}, ${one.eventId})`,
    }));
    return [...due, ...retries].sort((a, b) => a.at - b.at).slice(0, limit);
  }

  /** What is due next in the sandbox alone. */
  nextHere(): { at: number; what: string } | undefined {
    return this.#nextDue(undefined);
  }

  /**
   * Goes to an instant. With a window, what falls due within that many milliseconds of each other is one step for the
   * product: everything still happens here at its own time, and the product sees it together. `through`: whoever moves
   * the clock goes on from there at once, so the product need not look after what it was not told.
   */
  async to(target: number, window = 0, through = false): Promise<Advanced> {
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
    const walk = this.#walk(target, window, through);
    this.#finished = walk.catch(() => undefined);
    try {
      return await walk;
    } finally {
      clock.release();
      this.#running = undefined;
      this.#deliverer.wake();
    }
  }

  /** After a reset the product's time goes back with this one; a product that is not there is none the wiser, and no harm is done. */
  async tellReset(): Promise<boolean> {
    const told = this.#product?.tell(this.#world.clock.now(), this.#stopping.signal, { reset: true });
    return (await told?.then(() => true).catch(() => false)) ?? false;
  }

  /** At the start with a clock that was moved earlier: brings a product whose own time is behind up to it, once it answers. */
  async introduce(): Promise<void> {
    if (!this.#product || this.#world.clock.offsetMs < 1_000) return;
    for (let tries = 0; tries < introductions && !this.#stopping.signal.aborted; tries += 1) {
      const told = await this.#product.tell(this.#world.clock.now(), this.#stopping.signal).catch(() => undefined);
      if (told) return;
      await pause(1_000);
    }
  }

  /** Stops a clock that is on its way where it stands; resolves when nothing moves any more. */
  async stop(): Promise<void> {
    this.#stopping.abort(new Error("The sandbox is stopping."));
    await this.#finished;
  }

  async #walk(target: number, window: number, through: boolean): Promise<Advanced> {
    const { clock } = this.#world;
    const result = { now: clock.now(), steps: 0, performed: 0 };
    let instant = clock.now();
    while (true) {
      this.#stopping.signal.throwIfAborted();
      const { performed, state } = await this.#live(instant, through || instant < target);
      result.performed += performed;
      result.steps += 1;
      this.#running = { target, steps: result.steps };
      if (instant >= target) break;
      const next = Math.max(this.#nextDue(state)?.at ?? target, instant + 1);
      // What the product has to do next ends a step: the sandbox never runs past it.
      const productNext = state?.nextDueAt !== undefined && state.nextDueAt >= next ? state.nextDueAt : target;
      instant = Math.min(next + window, productNext, target);
    }
    return { ...result, now: clock.now() };
  }

  /** Goes to an instant, doing on the way what is due here, and stands there until everything it brings is done. */
  async #live(instant: number, onTheWay: boolean): Promise<{ performed: number; state: ProductState | undefined }> {
    const { clock } = this.#world;
    let performed = 0;
    this.#deliverer.hold();
    try {
      clock.stepTo(clock.now());
      for (let complete = false; !complete; ) {
        const portion = performUntil(this.#world, instant);
        performed += portion.performed;
        complete = portion.complete;
        await immediately();
      }
      // The product learns the time before it sees a delivery signed at that time; with none it learns it where it is asked.
      if (this.#deliverer.busy()) await this.#tell({ onTheWay, newsFollows: true });
    } finally {
      this.#deliverer.resume();
    }
    return { performed, state: await this.#untilIdle(onTheWay) };
  }

  async #untilIdle(onTheWay: boolean): Promise<ProductState | undefined> {
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
      const asked = performance.now();
      const state = await this.#tell({ onTheWay });
      if ((!state || state.idle) && !this.#deliverer.busy()) return state;
      const now = `${this.#happened()} ${state?.nextDueAt}`;
      if (now !== seen) [seen, lastProgress] = [now, performance.now()];
      if (performance.now() - lastProgress > patienceMs) {
        throw new AdvanceRefused(
          "stuck",
          `At ${iso(this.#world.clock.now())} nothing happened for ${patienceMs / 1000} s, and ${state?.idle === false ? productIsNot(state) : "deliveries are still on their way"}.`,
          this.#world.clock.now(),
        );
      }
      // A product that waited for its work before it answered has let the time pass already.
      await pause(Math.max(0, askEveryMs - (performance.now() - asked)));
    }
  }

  /** Tells the time. A product that has so much to do that it does not answer is told again for as long as it does something. */
  async #tell(how: { onTheWay: boolean; newsFollows?: boolean }): Promise<ProductState | undefined> {
    while (true) {
      const before = this.#happened();
      try {
        return await this.#product?.tell(this.#world.clock.now(), this.#stopping.signal, how);
      } catch (error) {
        if (!(error instanceof ProductSlow) || this.#happened() === before) throw error;
      }
    }
  }

  /** Changes whenever the product did something that is seen here: took a delivery, called, had something written. */
  #happened(): string {
    return `${this.#deliverer.settled} ${this.#calls.served} ${this.#world.database.sequence}`;
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
