import type { Faults, WebhookFaults } from "../../control/faults.ts";
import { secretOf } from "../webhook-endpoints/secrets.ts";
import type { World } from "../world.ts";
import { asObserved } from "./observed-order.ts";
import { type Answer, Poster } from "./post.ts";
import { type Delivery, type DeliveryState, dueDeliveries, nextTry, type Settled, settleAttempts } from "./queue.ts";
import { signatureHeader } from "./signature.ts";

/** How many deliveries are on their way at once, and how long reversed ones gather (ms). */
const [concurrency, gatheringMs] = [32, 250];
/** How many deliveries are looked up at a time. */
const lookedUp = 200;
/** What was answered is written down together: after that many answers, or that many milliseconds, or when all is quiet. */
const [togetherMost, togetherMs] = [200, 20];

const pause = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));

/**
 * Sends what the queue holds, oldest first, signed on the sandbox clock. What is not answered with 2xx is tried
 * again with a fresh signature. The queue is on disk: a killed process sends again what it had not written down yet.
 */
export class Deliverer {
  readonly #world: World;
  readonly #faults: Faults;
  readonly #poster = new Poster();
  /** On their way, or answered and not written down yet. */
  readonly #inHand = new Set<number>();
  readonly #waiting = new Set<() => void>();
  #sending = 0;
  #next: Delivery[] = [];
  #answered: Settled[] = [];
  #wakeUp: NodeJS.Timeout | undefined;
  #writeDown: NodeJS.Timeout | undefined;
  #held = 0;
  #settled = 0;
  #stopped = false;
  /** Counts how often everything was forgotten: an answer from before that belongs to nothing any more. */
  #era = 0;

  constructor(world: World, faults: Faults) {
    this.#world = world;
    this.#faults = faults;
    world.database.onCommit(() => this.wake());
  }

  /** Looks for work soon; called after every unit of work. */
  wake(): void {
    if (this.#wakeUp || this.#stopped || this.#held > 0) return;
    const gather = this.#faults.get().webhooks.reorder ? gatheringMs : 0;
    this.#wakeUp = setTimeout(() => {
      this.#wakeUp = undefined;
      this.#fill();
    }, gather);
  }

  /** Holds everything back, so that the receiver can be told a new time first. */
  hold(): void {
    this.#held += 1;
  }

  resume(): void {
    this.#held -= 1;
    this.wake();
  }

  /** Whether anything is on its way or due now. What waits for a later try does not count. */
  busy(): boolean {
    return this.#inHand.size > 0 || dueDeliveries(this.#world, 1).length > 0;
  }

  /** How many attempts came to an end so far: while this grows, something is happening. */
  get settled(): number {
    return this.#settled;
  }

  /** Resolves when nothing is on its way any more, or after that many milliseconds. */
  quiet(atMost: number): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        this.#waiting.delete(done);
        resolve();
      };
      const timer = setTimeout(done, atMost);
      this.#waiting.add(done);
    });
  }

  /** Everything was reset: what was still in hand is nothing any more. */
  forget(): void {
    this.#era += 1;
    this.#next = [];
    this.#answered = [];
    this.#inHand.clear();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#wakeUp);
    while (this.#sending > 0) await this.quiet(100);
    clearTimeout(this.#writeDown);
    this.#settle();
    this.#poster.close();
  }

  #fill(): void {
    if (this.#stopped || this.#held > 0) return;
    const { order, reorder } = this.#faults.get().webhooks;
    // An order that is to be seen is kept: one goes after the other.
    const atOnce = reorder || order === "observed" ? 1 : concurrency;
    while (this.#sending < atOnce) {
      if (this.#next.length === 0) this.#next = this.#look({ order, reorder });
      const delivery = this.#next.shift();
      if (!delivery) return;
      if (!this.#inHand.has(delivery.id)) void this.#send(delivery);
    }
  }

  /** The next deliveries to send; reversed ones are looked up each time, so that the newest goes first. */
  #look({ order, reorder }: Pick<WebhookFaults, "order" | "reorder">): Delivery[] {
    // What was answered is written down first, so that it is not read again.
    this.#settle();
    const due = dueDeliveries(this.#world, lookedUp + this.#inHand.size).filter((one) => !this.#inHand.has(one.id));
    if (reorder) return due.slice(-1);
    return order === "observed" ? asObserved(due) : due;
  }

  async #send(delivery: Delivery): Promise<void> {
    this.#inHand.add(delivery.id);
    this.#sending += 1;
    const era = this.#era;
    try {
      const answer = await this.#deliver(delivery);
      if (era === this.#era) this.#answer(delivery, answer);
    } catch (error) {
      console.error(error);
      this.#inHand.delete(delivery.id);
    }
    this.#sending -= 1;
    this.#fill();
    if (this.#sending === 0 || this.#answered.length >= togetherMost) this.#settle();
  }

  async #deliver(delivery: Delivery): Promise<Answer & { state: DeliveryState; outcome: string; took: number }> {
    const world = this.#world;
    const { webhooks } = this.#faults.get();
    const endpoint = world.endpoints.get(delivery.endpointId);
    const secret = secretOf(world, delivery.endpointId);
    const text = world.events.text(delivery.eventId);
    if (!endpoint || !secret || text === undefined || endpoint.status !== "enabled") {
      return {
        state: "dropped",
        outcome: "dropped",
        status: null,
        detail: "The endpoint is gone or disabled.",
        took: 0,
      };
    }
    if (webhooks.drop === "all" || Math.random() < webhooks.drop) {
      return { state: "dropped", outcome: "lost", status: null, detail: "Lost on purpose: a fault is set.", took: 0 };
    }
    if (webhooks.delayMs > 0) await pause(webhooks.delayMs);
    const started = performance.now();
    const post = () =>
      this.#poster.post(endpoint.url, text, (body) => ({
        "Content-Type": "application/json; charset=utf-8",
        "User-Agent": "Stripe/1.0 (+https://stripe.com/docs/webhooks)",
        "Stripe-Signature": signatureHeader(secret, world.clock.seconds(), body),
      }));
    const sent = post();
    const copies = Array.from({ length: webhooks.duplicate }, post);
    const first = await sent;
    if (copies.length > 0) await Promise.all(copies);
    const good = first.status !== null && first.status >= 200 && first.status < 300;
    const state = good ? "delivered" : "failed";
    return { ...first, state, outcome: state, took: performance.now() - started };
  }

  #answer(delivery: Delivery, answer: Answer & { state: DeliveryState; outcome: string; took: number }): void {
    const now = Math.floor(this.#world.clock.now());
    const again = answer.state === "failed" ? nextTry(delivery.attempts + 1, now) : undefined;
    const { outcome, status, detail } = answer;
    this.#answered.push({
      delivery,
      attempt: { at: now, outcome, status, detail, milliseconds: Math.round(answer.took) },
      state: again === undefined ? answer.state : "pending",
      nextAt: again ?? now,
    });
    this.#writeDown ??= setTimeout(() => this.#settle(), togetherMs);
  }

  #settle(): void {
    clearTimeout(this.#writeDown);
    this.#writeDown = undefined;
    const settled = this.#answered;
    this.#answered = [];
    if (settled.length > 0) settleAttempts(this.#world, settled);
    for (const { delivery } of settled) this.#inHand.delete(delivery.id);
    this.#settled += settled.length;
    if (this.#sending === 0 && !this.busy()) for (const done of this.#waiting) done();
  }
}
