import { apiKeyErrors, isOwnKey } from "../api-keys/index.ts";
import { customerOf } from "../kernel/actor.ts";
import type { Ctx } from "../kernel/ctx.ts";
import type { Currency } from "../kernel/money.ts";
import { checkoutErrors } from "./errors.ts";
import { listPacks, usualPack } from "./find-pack.ts";
import type { PagePorts } from "./open-page.ts";
import { type StartRequest, type StartResult, startCheckout } from "./start-checkout.ts";

export type CreditWish = Pick<StartRequest, "cartToken" | "locale" | "email"> & {
  /** How many packs. */
  readonly quantity: number;
  readonly keyId: string | null;
  readonly productId?: string | undefined;
  readonly currency?: Currency | undefined;
  readonly keepCard?: boolean | undefined;
  readonly shownAmount?: number | undefined;
};

/** Programs that name no currency have always paid in dollars. */
const CURRENCY: Currency = "USD";

/**
 * Opens the payment page for credit packs: the shop's own purchase (`startCheckout`), with all that it promises. How many
 * credits it grants is frozen here; Stripe is told whom they are for and never how many. The same wish while the page is
 * open gets the same page. Throws `checkout.sign_in_for_credits`, `checkout.no_pack`, `checkout.not_for_sale` for what is no
 * pack, `api_keys.not_found` for a key of somebody else's or one that works no longer.
 */
export async function buyCredits(ctx: Ctx<PagePorts>, wish: CreditWish): Promise<StartResult> {
  const { quantity, keyId, currency = CURRENCY, shownAmount, keepCard = false } = wish;
  const customerId = customerOf(ctx.actor);
  if (!customerId) throw checkoutErrors.signInForCredits();
  const productId = await ctx.db.transaction(
    async (tx) => {
      const at = ctx.technical.now();
      if (keyId !== null && !(await isOwnKey(tx, { id: keyId, customerId, at }))) throw apiKeyErrors.notFound();
      if (wish.productId === undefined) return (await usualPack(tx, currency)).product.id;
      const packs = await listPacks(tx, currency);
      if (!packs.some(({ product }) => product.id === wish.productId))
        throw checkoutErrors.notForSale({ productId: wish.productId });
      return wish.productId;
    },
    { readOnly: true },
  );
  const { cartToken, locale, email } = wish;
  return startCheckout(ctx, {
    ...{ source: { productId, quantity }, currency, cartToken, locale, email, keyId, keepCard },
    startConsent: false,
    acceptChangedPrices: shownAmount === undefined,
    shownAmount: shownAmount ?? null,
    shownTerms: null,
  });
}
