import type { Addresses } from "./shop.ts";

/** A buyer who uses the shop as a program does: the documented endpoint, then the provider's page as a plain form. */
export type Purchase = {
  readonly email: string;
  readonly sessionId: string;
  /** Where the provider sent the buyer when it was paid. */
  readonly returnUrl: string;
};

const card = { cardNumber: "4242424242424242", cardExpiry: "12 / 39", cardCvc: "123", billingName: "Ebba Sjögren" };
const shipping = {
  shippingName: "Ebba Sjögren",
  shippingLine1: "Östra Förstadsgatan 12",
  shippingPostalCode: "211 31",
  shippingCity: "Malmö",
  shippingCountry: "SE",
};

/** `POST /api/checkout`: opens a payment page. Throws on anything but success. */
export async function startCheckout(
  { shop }: Pick<Addresses, "shop">,
  wanted: { productId: string; quantity?: number; currency?: string },
  key: string,
): Promise<{ sessionId: string; url: string }> {
  const response = await fetch(`${shop}/api/checkout`, {
    method: "POST",
    headers: { "Content-Type": "application/json", "Idempotency-Key": key },
    body: JSON.stringify(wanted),
  });
  const answer = (await response.json()) as { sessionId: string; url: string };
  if (!response.ok) throw new Error(`/api/checkout answered ${response.status}: ${JSON.stringify(answer)}`);
  return answer;
}

/** Pays on the provider's page and follows it no further. */
export async function payAt(url: string, email: string): Promise<string> {
  const response = await fetch(url, {
    method: "POST",
    redirect: "manual",
    body: new URLSearchParams({ ...card, ...shipping, email, billingCountry: "SE" }),
  });
  const location = response.headers.get("location");
  if (response.status !== 303 || !location) throw new Error(`The payment page answered ${response.status}.`);
  return location;
}

/** Buys and pays; the return page is not visited. */
export async function buy(shop: Addresses, productId: string, email: string): Promise<Purchase> {
  const { sessionId, url } = await startCheckout(shop, { productId }, `proof-${productId}-${email}`);
  return { email, sessionId, returnUrl: await payAt(url, email) };
}
