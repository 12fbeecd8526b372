import { listOffers, type Offer } from "../catalog/index.ts";
import type { Tx } from "../kernel/db.ts";
import type { Currency } from "../kernel/money.ts";
import { checkoutErrors } from "./errors.ts";

/** Every credit pack that is for sale in a currency, in the shop's order. */
export async function listPacks(tx: Tx, currency: Currency): Promise<Offer[]> {
  const offers = await listOffers(tx, { currency });
  return offers.filter(({ product, price }) => product.creditsPerUnit !== null && price.interval === null);
}

/** The pack that is meant when none is named: the recommended one, else the first. Throws `checkout.no_pack`. */
export async function usualPack(tx: Tx, currency: Currency): Promise<Offer> {
  const packs = await listPacks(tx, currency);
  const pack = packs.find(({ product }) => product.recommended) ?? packs[0];
  if (!pack) throw checkoutErrors.noPack({ currency });
  return pack;
}
