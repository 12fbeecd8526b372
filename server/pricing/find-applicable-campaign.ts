import type { Tx } from "../kernel/db.ts";
import { type PriceWanted, type ResolvedPrice, resolvePrices } from "./resolve-price.ts";

/**
 * The campaign whose price somebody would pay for this now; null when the default price holds, or nothing is for sale.
 * Several may name the product: the same rule decides here as for every price that is shown or charged.
 */
export async function findApplicableCampaign(tx: Tx, wanted: PriceWanted): Promise<ResolvedPrice["campaign"]> {
  const [price] = await resolvePrices(tx, [wanted]);
  return price?.campaign ?? null;
}
