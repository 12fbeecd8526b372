import { listOffers, type Offer } from "../catalog/index.ts";
import type { Tx } from "../kernel/db.ts";
import type { Currency } from "../kernel/money.ts";
import { checkoutErrors } from "./errors.ts";

/** A variant that may lie in a cart. Throws `checkout.not_for_sale`, or `checkout.not_for_cart` for what is bought alone. */
export async function variantForCart(tx: Tx, variantId: string, currency: Currency): Promise<Offer> {
  const [offer] = await listOffers(tx, { variantIds: [variantId], currency });
  if (!offer || isEmptyPack(offer)) throw checkoutErrors.notForSale({ variantId });
  if (offer.product.kind === "plan") throw checkoutErrors.notForSale({ variantId });
  if (offer.product.kind === "membership") throw checkoutErrors.notForCart();
  return offer;
}

export type DirectWish = {
  readonly productId: string;
  readonly variantId?: string | undefined;
  readonly quantity: number;
  readonly currency: Currency;
};

/**
 * What is bought straight from its card: a membership (as many as one subscription may have), goods in the form that was chosen, or a credit pack. Throws
 * `checkout.not_for_sale`, `checkout.choose_variant` when goods come in several forms and none was named, and
 * `checkout.bad_quantity` for more than that.
 */
export async function offerForDirect(tx: Tx, wish: DirectWish, allowed: { readonly plan: boolean }): Promise<Offer> {
  const offers = await listOffers(tx, { productIds: [wish.productId], currency: wish.currency });
  const named = wish.variantId ? offers.filter((offer) => offer.variant.id === wish.variantId) : offers;
  const [offer] = named;
  // A plan is bought for an organization, by a procedure of its own.
  if (!offer || isEmptyPack(offer) || (offer.product.kind === "plan") !== allowed.plan)
    throw checkoutErrors.notForSale({ productId: wish.productId });
  const forms = new Set(named.map((one) => one.variant.id));
  if (offer.product.kind === "merchandise" && forms.size > 1) throw checkoutErrors.chooseVariant();
  const { kind, mostUnits: most } = offer.product;
  if (kind === "membership" && wish.quantity > most)
    throw checkoutErrors.badQuantity({ field: "quantity", most, problem: "most" });
  return offer;
}

/** A pack of which nobody has said how many credits it is. */
function isEmptyPack({ product }: Offer): boolean {
  return product.kind === "credit_pack" && product.creditsPerUnit === null;
}
