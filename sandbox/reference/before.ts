import type Stripe from "stripe";
import type { Recorded, Story } from "./recordings.ts";

/** The prices of the recorded account that the recordings name. */
const prices: Record<string, { amount: number; interval?: "month" | "year"; nickname?: string; tax?: "exclusive" }> = {
  default: { amount: 1_000, interval: "month", nickname: "Default", tax: "exclusive" },
  "small-monthly": { amount: 2_500, interval: "month", nickname: "Small Monthly", tax: "exclusive" },
  "small-annual": { amount: 25_000, interval: "year", nickname: "Small Annual" },
  price_1ILVZaKXBGcbgpbZQ26kgXWG: { amount: 1_500 },
};

/** Which card the customers of a recording had; none where it is about having none. */
function cardOf(cassette: string): string | undefined {
  if (/no_payment_method|card_declined|exception|checkout|parse_a_stripe_webhook|setup_intent|re-raised/.test(cassette))
    return undefined;
  return /SCA|action_required/.test(cassette) ? "pm_card_authenticationRequired" : "pm_card_visa";
}

function valuesIn({ request, path }: Recorded): [string, string][] {
  const sent = [...new URLSearchParams(request ?? "")];
  const [address = ""] = path.split("?");
  return [...sent, ...address.split("/").map((word): [string, string] => ["", word])];
}

/** Makes what a recording takes for granted, and writes down which id here stands for which recorded one. */
export async function prepare(stripe: Stripe, story: Story, ids: Map<string, string>): Promise<void> {
  const [first] = story;
  if (!first) return;
  const answered = new Set<string>();
  const cassette = first.cassette;
  const product = await stripe.products.create({ name: "Test Subscription", unit_label: "user" });
  for (const [id, { amount, interval, nickname, tax }] of Object.entries(prices)) {
    const made = await stripe.prices.create({
      product: product.id,
      currency: "usd",
      unit_amount: amount,
      ...(interval ? { recurring: { interval } } : {}),
      ...(nickname ? { nickname } : {}),
      ...(tax ? { tax_behavior: tax } : {}),
    });
    ids.set(id, made.id);
  }
  await stripe.coupons.create({ id: "10OFF", percent_off: 10, duration: "forever", name: "10OFF" });
  for (const one of story) {
    for (const [name, value] of valuesIn(one)) {
      if (ids.has(value) || answered.has(value)) continue;
      if (/^cus_/.test(value)) await customer(stripe, cassette, value, ids);
      if (/^pm_1/.test(value)) ids.set(value, ids.get("card") ?? "");
      if (/^(sub|si)_/.test(value)) await subscription(stripe, one, ids, story);
      if (/^in_/.test(value) && name === "") await invoice(stripe, one, ids);
    }
    collect(one.response, answered);
  }
}

/** Every id that an answer made known. */
function collect(value: unknown, into: Set<string>): void {
  if (typeof value === "string") into.add(value);
  else if (typeof value === "object" && value !== null) for (const one of Object.values(value)) collect(one, into);
}

async function customer(stripe: Stripe, cassette: string, id: string, ids: Map<string, string>): Promise<string> {
  const made = await stripe.customers.create({ email: "stripe@example.org", name: "Stripe User" });
  ids.set(id, made.id);
  const token = cardOf(cassette);
  if (token === undefined) return made.id;
  const card = await stripe.paymentMethods.attach(token, { customer: made.id });
  await stripe.customers.update(made.id, { invoice_settings: { default_payment_method: card.id } });
  ids.set("card", card.id);
  return made.id;
}

const text = (value: unknown, name: string) => String((value as Record<string, unknown> | null)?.[name] ?? "");

/** A subscription that was there before: with the price its story shows it with, or the one before a swap. */
async function subscription(stripe: Stripe, { response, cassette }: Recorded, ids: Map<string, string>, story: Story) {
  const told = story.map((one) => one.response).find((one) => text(one, "object") === "subscription") ?? response;
  const owner = text(told, "customer");
  const known = ids.get(owner) ?? (await customer(stripe, cassette, owner, ids));
  const quantity = /quantity/.test(cassette);
  const price = ids.get(quantity ? "default" : "small-monthly") ?? "";
  const made = await stripe.subscriptions.create({ customer: known, items: [{ price }] });
  const id = text(told, "object") === "subscription" ? text(told, "id") : (text(parentOf(told), "subscription") ?? "");
  ids.set(id, made.id);
  const items = (told as { items?: { data: { id: string }[] } }).items?.data ?? [];
  const [item, own] = [items[0]?.id, made.items.data[0]?.id];
  if (item !== undefined && own !== undefined) ids.set(item, own);
}

const parentOf = (invoice: unknown) =>
  (invoice as { parent?: { subscription_details?: unknown } } | null)?.parent?.subscription_details ?? null;

/** A draft that was made before it is paid in the story. */
async function invoice(stripe: Stripe, { response, cassette }: Recorded, ids: Map<string, string>): Promise<void> {
  const id = text(response, "id");
  const owner = text(response, "customer");
  const known = ids.get(owner) ?? (await customer(stripe, cassette, owner, ids));
  await stripe.invoiceItems.create({
    customer: known,
    amount: 1_000,
    currency: "usd",
    description: "One-time setup fee",
  });
  const made = await stripe.invoices.create({ customer: known, pending_invoice_items_behavior: "include" });
  ids.set(id, made.id);
}
