import { listOffers, type Offer } from "../catalog/index.ts";
import type { Tx } from "../kernel/db.ts";

/** Every product on sale in whatever currency, with its forms and the slots that its default prices have, in the shop's order. */
export async function sellableProducts(tx: Tx) {
  return [...Map.groupBy(await listOffers(tx), (offer) => offer.product.id)].flatMap(([id, offers]) => {
    const [first] = offers;
    if (!first) return [];
    return [
      {
        ...{ id, name: nameAmongOthers(first.product), kind: first.product.kind, currencies: currenciesOf(offers) },
        prices: offers.map(({ price: { currency, amount, interval, intervalCount } }) => ({
          ...{ currency, amount, interval, intervalCount },
        })),
        variants: [...new Map(offers.map(({ variant: { id, sku } }) => [id, { id, sku }])).values()],
      },
    ];
  });
}

/** What a product is told apart by where many stand in a list: packs of credits are all called the same, and differ in how many there are. */
export function nameAmongOthers({ kind, name, summary }: Offer["product"]): Offer["product"]["name"] {
  return kind === "credit_pack" ? summary : name;
}

/** What it is sold in, the shop's own currency first. */
export function currenciesOf(offers: readonly Pick<Offer, "price">[]): Offer["price"]["currency"][] {
  const sold = new Set(offers.map(({ price }) => price.currency));
  return (["SEK", "EUR", "USD"] as const).filter((currency) => sold.has(currency));
}
