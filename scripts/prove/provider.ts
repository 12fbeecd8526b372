import { createHmac } from "node:crypto";
import type { Addresses } from "./shop.ts";

export type ProviderEvent = {
  readonly id: string;
  readonly type: string;
  readonly created: number;
  readonly data: { readonly object: { readonly id: string } & Record<string, unknown> };
};

const key = "sk_test_proof";

/** What the provider noted since an instant, oldest first. */
export async function eventsSince({ sandbox }: Pick<Addresses, "sandbox">, seconds: number): Promise<ProviderEvent[]> {
  const events: ProviderEvent[] = [];
  for (let after = ""; ; ) {
    const response = await fetch(`${sandbox}/v1/events?limit=100&created[gte]=${seconds}${after}`, {
      headers: { Authorization: `Bearer ${key}` },
    });
    const page = (await response.json()) as { data: ProviderEvent[]; has_more: boolean };
    if (!response.ok) throw new Error(`The provider answered ${response.status}: ${JSON.stringify(page)}`);
    events.push(...page.data);
    const last = page.data.at(-1);
    if (!page.has_more || !last) return events.reverse();
    after = `&starting_after=${last.id}`;
  }
}

/** A price that the partner makes at the provider for a campaign, and its id. */
export async function createPrice(
  { sandbox }: Pick<Addresses, "sandbox">,
  price: { name: string; amount: number; currency?: string; interval?: "month" | "year" },
): Promise<string> {
  const response = await fetch(`${sandbox}/v1/prices`, {
    method: "POST",
    headers: { Authorization: `Bearer ${key}` },
    body: new URLSearchParams({
      "product_data[name]": price.name,
      unit_amount: String(price.amount),
      currency: price.currency ?? "sek",
      tax_behavior: "inclusive",
      "recurring[interval]": price.interval ?? "month",
    }),
  });
  const created = (await response.json()) as { id: string };
  if (!response.ok) throw new Error(`The provider refused the price: ${JSON.stringify(created)}`);
  return created.id;
}

/** The header with which the provider proves that it wrote a notification. */
export function signature(secret: string, body: string, at: Date): string {
  const seconds = Math.floor(at.getTime() / 1000);
  return `t=${seconds},v1=${createHmac("sha256", secret).update(`${seconds}.${body}`).digest("hex")}`;
}
