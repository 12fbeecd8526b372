import { z } from "zod";

const answer = z.object({
  idle: z.boolean(),
  nextDueAt: z.iso.datetime({ offset: true }).nullable(),
  waitingFor: z.array(z.string()).default([]),
});

/** The product could not be told the time, or did not answer as agreed. */
export class ProductUnreachable extends Error {}

/** It was asked and has not answered yet. Whether it took the time up nobody knows; being told again changes nothing. */
export class ProductSlow extends ProductUnreachable {}

/** One telling is given up after this long, in milliseconds. */
const answersWithin = 30_000;

export interface ProductState {
  idle: boolean;
  /** Milliseconds; when the product has something to do by itself. */
  nextDueAt: number | undefined;
  /** The product's processes that have not taken up the time yet. */
  waitingFor: string[];
}

/** The product's one endpoint for time: it is told what time it is, and says whether it has done what that brought. */
export class Product {
  readonly #url: string;
  readonly #token: string;
  readonly #answersWithin: number;

  constructor(product: { url: string; token: string; answersWithinMs?: number | undefined }) {
    this.#url = `${product.url}/_sandbox/clock`;
    this.#token = product.token;
    this.#answersWithin = product.answersWithinMs ?? answersWithin;
  }

  /** Throws {@link ProductSlow} when no answer came in time. `reset` is the one way in which time may go back: everything is new then. `onTheWay`: it goes on from here. `newsFollows`: deliveries come next. */
  async tell(
    now: number,
    stopping: AbortSignal,
    how: { reset?: boolean; onTheWay?: boolean; newsFollows?: boolean } = {},
  ): Promise<ProductState> {
    const answered = await this.#post(JSON.stringify({ now: new Date(now).toISOString(), ...how }), stopping);
    const parsed = answer.safeParse(answered);
    if (!parsed.success)
      throw new ProductUnreachable(`The product's answer to the time was not understood: ${parsed.error.message}`);
    const { idle, nextDueAt, waitingFor } = parsed.data;
    return { idle, nextDueAt: nextDueAt === null ? undefined : Date.parse(nextDueAt), waitingFor };
  }

  async #post(body: string, stopping: AbortSignal): Promise<unknown> {
    const late = AbortSignal.timeout(this.#answersWithin);
    try {
      const response = await fetch(this.#url, {
        method: "POST",
        headers: { Authorization: `Bearer ${this.#token}`, "Content-Type": "application/json" },
        body,
        signal: AbortSignal.any([stopping, late]),
      });
      const text = await response.text();
      if (response.ok) return JSON.parse(text);
      throw new ProductUnreachable(`The product answered ${response.status} when told the time: ${text.slice(0, 200)}`);
    } catch (error) {
      if (error instanceof ProductUnreachable) throw error;
      if (late.aborted && !stopping.aborted)
        throw new ProductSlow(
          `The product did not say within ${this.#answersWithin / 1000} s that it was told the time.`,
        );
      throw new ProductUnreachable(`The product could not be told the time: ${String(error)}`);
    }
  }
}
