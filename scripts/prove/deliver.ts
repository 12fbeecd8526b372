import { setTimeout as sleep } from "node:timers/promises";
import { controlOf } from "./control.ts";
import { type ProviderEvent, signature } from "./provider.ts";
import type { Addresses } from "./shop.ts";

const patienceMs = 60_000;

/**
 * Delivers a notification as the provider does: signed, and again until it is acknowledged. Answers how many tries that
 * took. Throws when a minute was not enough, or when the shop refuses it for good.
 */
export async function deliver(shop: Addresses, event: ProviderEvent): Promise<number> {
  const body = JSON.stringify(event);
  const deadline = performance.now() + patienceMs;
  for (let attempt = 1; ; attempt++) {
    const status = await post(shop, body);
    if (status !== null && status >= 200 && status < 300) return attempt;
    if (status !== null && status < 500) throw new Error(`${event.type} ${event.id} was refused with ${status}.`);
    if (performance.now() > deadline) throw new Error(`${event.type} ${event.id} was not taken in within a minute.`);
    await sleep(Math.min(100 * attempt, 1_000));
  }
}

/** The answer's status; null when there was none, because nobody listens or the connection was cut. */
async function post(shop: Addresses, body: string): Promise<number | null> {
  const at = await controlOf(shop).now();
  try {
    const response = await fetch(`${shop.shop}/api/webhooks/stripe`, {
      method: "POST",
      headers: {
        "Content-Type": "application/json; charset=utf-8",
        "Stripe-Signature": signature(shop.webhookSecret, body, at),
      },
      body,
      signal: AbortSignal.timeout(20_000),
    });
    await response.arrayBuffer();
    return response.status;
  } catch {
    return null;
  }
}
