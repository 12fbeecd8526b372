import { access, router, STAFF } from "../trpc/init.ts";
import { answerOnce } from "./answer-once.ts";
import { buyCredits } from "./buy-credits.ts";
import { callerToken } from "./caller-token.ts";
import { addToCart, type CartChanged, clearCart, setCartQuantity } from "./change-cart.ts";
import { abandonCheckout, confirmReturn } from "./confirm-return.ts";
import { creditPageRouter } from "./credit-page-router.ts";
import {
  addToCartInput,
  buyCreditsInput,
  packsInput,
  refInput,
  setCartQuantityInput,
  startCheckoutInput,
  topUpListInput,
} from "./input.ts";
import { planRouter } from "./plan-router.ts";
import { countCart, readCart } from "./read-cart.ts";
import { readPacks } from "./read-packs.ts";
import { readReturn } from "./return-view.ts";
import { startCheckout } from "./start-checkout.ts";
import { listTopUps } from "./top-up-list.ts";

/** The browser keeps the token of a cart that was just made for it. */
function remember(ctx: { browser: { setCartToken(token: string): void } }, { newToken }: CartChanged): void {
  if (newToken) ctx.browser.setCartToken(newToken);
}

const cart = router({
  get: access("public").query(({ ctx }) => readCart(ctx, ctx.browser)),
  count: access("public").query(({ ctx }) => countCart(ctx, ctx.browser)),
  add: access("public")
    .input(addToCartInput)
    .mutation(async ({ ctx, input }) => remember(ctx, await addToCart(ctx, ctx.browser, input))),
  setQuantity: access("public")
    .input(setCartQuantityInput)
    .mutation(async ({ ctx, input }) => remember(ctx, await setCartQuantity(ctx, ctx.browser, input))),
  clear: access("public").mutation(async ({ ctx }) => remember(ctx, await clearCart(ctx, ctx.browser))),
});

export const checkoutRouter = router({
  cart,
  start: access("public")
    .input(startCheckoutInput)
    .mutation(async ({ ctx, input }) => {
      const { formKey, ...body } = input;
      const key = ctx.browser.idempotencyKey;
      const cartToken = await callerToken(ctx, { ...ctx.browser, key, formKey });
      // Somebody else at the same address could guess the key of a program: by it alone one is answered, and gets hold of nothing.
      const guessable = key !== null && ctx.browser.cartToken === null && ctx.session === null;
      if (!guessable && cartToken !== ctx.browser.cartToken) ctx.browser.setCartToken(cartToken);
      const start = () =>
        startCheckout(ctx, {
          source: body.source,
          currency: body.currency ?? "SEK",
          startConsent: body.startConsent ?? false,
          acceptChangedPrices: body.acceptChangedPrices ?? false,
          shownAmount: body.shownAmount ?? null,
          shownTerms: body.shownTerms ?? null,
          cartToken,
          locale: ctx.browser.locale,
          email: ctx.session?.email ?? null,
        });
      const started = await (key === null ? start() : answerOnce(ctx, { key, cartToken, body }, start));
      return guessable && "ref" in started ? { ...started, ref: "" } : started;
    }),
  /** Credits, for whoever is signed in or whose API key asks. */
  buyCredits: access("customer", { scope: "credits.buy" })
    .input(buyCreditsInput)
    .mutation(async ({ ctx, input }) => {
      const key = ctx.browser.idempotencyKey;
      const cartToken = await callerToken(ctx, { ...ctx.browser, key });
      const buy = () =>
        buyCredits(ctx, {
          ...input,
          keyId: input.keyId ?? ctx.session?.apiKey?.id ?? null,
          cartToken,
          locale: ctx.browser.locale,
          email: ctx.session?.email ?? null,
        });
      return key === null ? buy() : answerOnce(ctx, { key, cartToken, body: input }, buy);
    }),
  credits: creditPageRouter,
  plan: planRouter,
  /** Staff: what was charged by itself. */
  topUps: access(STAFF)
    .input(topUpListInput)
    .query(({ ctx, input }) => ctx.db.transaction((tx) => listTopUps(tx, input), { readOnly: true })),
  packs: access("public", { scope: "credits.read" })
    .input(packsInput)
    .query(({ ctx, input }) => readPacks(ctx, input)),
  status: access("public")
    .input(refInput)
    .query(({ ctx, input }) => readReturn(ctx, input)),
  confirm: access("public")
    .input(refInput)
    .mutation(({ ctx, input }) => confirmReturn(ctx, input)),
  abandon: access("public")
    .input(refInput)
    .mutation(({ ctx, input }) => abandonCheckout(ctx, input)),
});
