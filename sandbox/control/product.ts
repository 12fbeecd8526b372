import { z } from "zod";

const answer = z.object({ idle: z.boolean(), nextDueAt: z.string().nullable() });

export interface ProductState {
  idle: boolean;
  /** Milliseconds; when the product has something to do by itself. */
  nextDueAt: number | undefined;
}

/** The product's one endpoint for time: it is told what time it is, and says whether it has done what that brought. */
export class Product {
  readonly #url: string;
  readonly #token: string;

  constructor(product: { url: string; token: string }) {
    this.#url = `${product.url}/_sandbox/clock`;
    this.#token = product.token;
  }

  async tell(now: number): Promise<ProductState> {
    const response = await fetch(this.#url, {
      method: "POST",
      headers: { Authorization: `Bearer ${this.#token}`, "Content-Type": "application/json" },
      body: JSON.stringify({ now: new Date(now).toISOString() }),
      signal: AbortSignal.timeout(30_000),
    });
    const text = await response.text();
    if (!response.ok)
      throw new Error(`The product answered ${response.status} when told the time: ${text.slice(0, 200)}`);
    const { idle, nextDueAt } = answer.parse(JSON.parse(text));
    return { idle, nextDueAt: nextDueAt === null ? undefined : Date.parse(nextDueAt) };
  }
}
