import type { Faults } from "../../control/faults.ts";
import { secretOf } from "../webhook-endpoints/secrets.ts";
import type { World } from "../world.ts";
import { type Delivery, dueDeliveries, nextTry, settleAttempt } from "./queue.ts";
import { signatureHeader } from "./signature.ts";

/** How many deliveries are on their way at once, how long a receiver may take, how long reordering gathers. */
const [concurrency, patience, gathering] = [6, 20_000, 250];

const pause = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));

/**
 * Sends what the queue holds, oldest first, signed on the sandbox clock. What is not answered with 2xx is tried
 * again with a fresh signature. The queue is on disk, so nothing is lost when the process is killed.
 */
export class Deliverer {
  readonly #world: World;
  readonly #faults: Faults;
  readonly #sending = new Map<number, Promise<void>>();
  readonly #waiting = new Set<() => void>();
  #paused = 0;
  #settled = 0;
  #stopped = false;
  #wakeAt: NodeJS.Timeout | undefined;

  constructor(world: World, faults: Faults) {
    this.#world = world;
    this.#faults = faults;
    world.database.onCommit(() => this.wake());
  }

  /** Looks for work soon; called after every unit of work. */
  wake(): void {
    if (this.#wakeAt || this.#stopped || this.#paused > 0) return;
    const reorder = this.#faults.get().webhooks.reorder;
    this.#wakeAt = setTimeout(
      () => {
        this.#wakeAt = undefined;
        this.#fill();
      },
      reorder ? gathering : 0,
    );
  }

  /** Holds everything back, so that the receiver can be told a new time first. */
  hold(): void {
    this.#paused += 1;
  }

  resume(): void {
    this.#paused -= 1;
    this.wake();
  }

  /** Deliveries on their way or due now. Those that wait for a later try are not counted. */
  busy(): number {
    const waiting = dueDeliveries(this.#world, 1_000).filter((one) => !this.#sending.has(one.id)).length;
    return waiting + this.#sending.size;
  }

  /** How many attempts came to an end so far: while this grows, something is happening. */
  get settled(): number {
    return this.#settled;
  }

  /** Resolves when nothing is on its way, or after that many milliseconds. */
  async quiet(atMost: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const done = () => {
        clearTimeout(timer);
        this.#waiting.delete(done);
        resolve();
      };
      const timer = setTimeout(done, atMost);
      this.#waiting.add(done);
    });
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#wakeAt);
    await Promise.all(this.#sending.values());
  }

  #fill(): void {
    if (this.#stopped || this.#paused > 0) return;
    const free = concurrency - this.#sending.size;
    if (free <= 0) return;
    const reorder = this.#faults.get().webhooks.reorder;
    const due = dueDeliveries(this.#world, reorder ? 100 : concurrency * 2).filter((one) => !this.#sending.has(one.id));
    // Reversed order is only seen when deliveries go out one after the other.
    const batch = reorder ? (this.#sending.size > 0 ? [] : due.reverse().slice(0, 1)) : due.slice(0, free);
    for (const delivery of batch) {
      const sent = this.#deliver(delivery)
        .catch((error: unknown) => console.error(error))
        .finally(() => {
          this.#sending.delete(delivery.id);
          this.#settled += 1;
          if (this.#sending.size === 0 && this.busy() === 0) for (const done of this.#waiting) done();
          if (reorder) this.#fill();
          else this.wake();
        });
      this.#sending.set(delivery.id, sent);
    }
  }

  async #deliver(delivery: Delivery): Promise<void> {
    const world = this.#world;
    const { webhooks } = this.#faults.get();
    const endpoint = world.endpoints.get(delivery.endpointId);
    const event = world.events.get(delivery.eventId);
    const secret = secretOf(world, delivery.endpointId);
    const settle = (
      outcome: string,
      state: "delivered" | "failed" | "dropped",
      detail: string,
      status: number | null,
      took: number,
    ) => {
      const again = state === "failed" ? nextTry(delivery.attempts + 1, world.clock.now()) : undefined;
      const attempt = { at: Math.floor(world.clock.now()), outcome, status, detail, milliseconds: Math.round(took) };
      settleAttempt(
        world,
        delivery,
        attempt,
        again === undefined ? state : "pending",
        Math.floor(again ?? world.clock.now()),
      );
    };
    if (!endpoint || !event || !secret || endpoint.status !== "enabled") {
      return settle("dropped", "dropped", "The endpoint is gone or disabled.", null, 0);
    }
    if (webhooks.drop === "all" || Math.random() < webhooks.drop) {
      return settle("lost", "dropped", "Lost on purpose: a fault is set.", null, 0);
    }
    if (webhooks.delayMs > 0) await pause(webhooks.delayMs);
    const started = performance.now();
    const body = JSON.stringify(world.events.get(delivery.eventId) ?? event);
    const copies = Array.from({ length: 1 + webhooks.duplicate }, () => this.#post(endpoint.url, secret, body));
    const [first] = await Promise.all(copies);
    const answer = first ?? { status: null, detail: "nothing was sent" };
    const good = answer.status !== null && answer.status >= 200 && answer.status < 300;
    settle(
      good ? "delivered" : "failed",
      good ? "delivered" : "failed",
      answer.detail,
      answer.status,
      performance.now() - started,
    );
  }

  async #post(url: string, secret: string, body: string): Promise<{ status: number | null; detail: string }> {
    try {
      const response = await fetch(url, {
        method: "POST",
        body,
        redirect: "manual",
        signal: AbortSignal.timeout(patience),
        headers: {
          "Content-Type": "application/json; charset=utf-8",
          "User-Agent": "Stripe/1.0 (+https://stripe.com/docs/webhooks)",
          "Stripe-Signature": signatureHeader(secret, this.#world.clock.seconds(), body),
        },
      });
      const text = await response.text();
      return { status: response.status, detail: text.slice(0, 500) };
    } catch (error) {
      const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : "";
      return { status: null, detail: `${String(error)} ${cause}`.trim() };
    }
  }
}
