import { setTimeout as wait } from "node:timers/promises";
import { eq } from "drizzle-orm";
import { type CreditPointer, checkouts } from "../../drizzle/schema/checkout.ts";
import { type Actor, customerOf, holding, holdingAll } from "../kernel/actor.ts";
import type { Ctx } from "../kernel/ctx.ts";
import { DomainError } from "../kernel/errors.ts";
import { newId } from "../kernel/id.ts";
import type { Currency } from "../kernel/money.ts";
import { getCampaignPriceId, resolvePrice } from "../pricing/index.ts";
import { adoptCart } from "./adopt-cart.ts";
import type { PriceChange, ShownTerms } from "./checkout-plan.ts";
import { directCartSeed, lockDirectCart } from "./direct-cart.ts";
import { checkoutErrors } from "./errors.ts";
import { type Checkout, findCheckout } from "./find-checkout.ts";
import { offerForDirect } from "./offered-variant.ts";
import { openPage, type PageOutcome, type PagePorts } from "./open-page.ts";
import { type CheckoutWish, type Prepared, prepareCheckout, type SoldOutItem } from "./prepare-checkout.ts";
import { findRunningPlan } from "./runs-plan.ts";

/** How long a request waits for another one that is opening the same page, and how often it looks. Technical time. */
const WAIT_MS = 12_000;
const LOOK_MS = 100;

export type DirectSource = {
  readonly productId: string;
  readonly variantId?: string | undefined;
  readonly quantity?: number | undefined;
};

/** Whose plan it is, the version that it is bought at, and how many seats it is to have in all; null: those that it holds. */
export type PlanPointer = {
  readonly organizationId: string;
  readonly planVersionId: string;
  readonly seats: number | null;
};

export type StartRequest = {
  readonly source: { readonly cart: true } | DirectSource;
  readonly currency: Currency;
  readonly startConsent: boolean;
  readonly acceptChangedPrices: boolean;
  /** The unit price that the pressed card showed; only compared with the price that holds. */
  readonly shownAmount: number | null;
  /** The trial and the setup fee that it showed; likewise. */
  readonly shownTerms: ShownTerms | null;
  /** The browser's cart token; a caller without one gets none by this. */
  readonly cartToken: string;
  readonly locale: "sv" | "en";
  /** The signed-in buyer's address, filled in on the payment page. */
  readonly email: string | null;
  /** The API key that credits are bought for or with. */
  readonly keyId?: string | null;
  /** Keep the card, to be charged when credits run low. */
  readonly keepCard?: boolean;
  /** A plan is bought for an organization that the caller may buy for; everything else is the caller's own. */
  readonly plan?: PlanPointer;
};

export type StartResult =
  | {
      readonly outcome: "open";
      readonly checkoutId: string;
      readonly ref: string;
      readonly sessionId: string;
      readonly url: string;
    }
  | { readonly outcome: "price_changed"; readonly changes: readonly PriceChange[] }
  /** There are fewer than were asked for; nothing was set aside and the cart is as it was. */
  | { readonly outcome: "sold_out"; readonly items: readonly SoldOutItem[] }
  /** The payment page cannot be opened now; nothing was charged and the cart is kept. */
  | { readonly outcome: "unavailable" }
  | { readonly outcome: "unknown"; readonly ref: string };

/**
 * Opens the payment page for a cart, or for one product bought straight from its card. Prices, total and currency come
 * from our own tables; the intent with its price receipts is committed before Stripe is called.
 *
 * Idempotent per cart version and prices: a double click, the back button and a reload get the same page, and fifty at
 * once still one. A price that is not the one shown is reported, not charged, until it is accepted; pages of the cart that
 * are open at other prices are closed by a job. Counted goods are set aside for as long as the page can be paid on; where
 * there are too few nothing is opened (`sold_out`). Locks the cart while it decides, then the stock. Throws `checkout.cart_empty`,
 * `checkout.not_for_sale`, `checkout.choose_variant`, `checkout.bad_quantity`, `checkout.already_subscribed`.
 */
export async function startCheckout(ctx: Ctx<PagePorts>, request: StartRequest): Promise<StartResult> {
  const prepared = await ("cart" in request.source
    ? prepareFromCart(ctx, request)
    : prepareDirect(ctx, request, request.source)
  ).catch(soldOut);
  if (prepared.kind === "sold_out") return { outcome: "sold_out", items: prepared.items };
  if (prepared.kind === "not_mirrored") {
    ctx.log.error("the catalogue has not been mirrored to the payment provider: nothing can be bought");
    return { outcome: "unavailable" };
  }
  if (prepared.kind === "price_changed") return { outcome: "price_changed", changes: prepared.changes };
  const { checkout } = prepared;
  if (prepared.fresh) for (const line of prepared.plan.lines) getCampaignPriceId(ctx, line.price);
  if (request.startConsent && checkout.startConsentAt === null) await keepConsent(ctx, checkout);
  const page = prepared.fresh ? await openPage(ctx, checkout) : await pageOf(ctx, checkout);
  const ref = ctx.providers.links.orderToken(checkout);
  if (page.outcome === "open") return { ...page, checkoutId: checkout.id, ref };
  return page.outcome === "unknown" ? { outcome: "unknown", ref } : { outcome: "unavailable" };
}

/** A refusal that takes the whole intent back with it, and is an answer to expect all the same. */
function soldOut(error: unknown): { kind: "sold_out"; items: readonly SoldOutItem[] } {
  if (!(error instanceof DomainError) || error.code !== checkoutErrors.soldOut().code) throw error;
  return { kind: "sold_out", items: error.details.items as readonly SoldOutItem[] };
}

async function prepareFromCart(ctx: Ctx<PagePorts>, request: StartRequest): Promise<Prepared> {
  const customerId = customerOf(ctx.actor);
  const wish = wishOf(ctx, request, "/cart");
  return ctx.db.transaction(
    async (tx) => {
      const cart = await adoptCart(tx, { customerId, cartToken: request.cartToken });
      if (!cart) throw checkoutErrors.cartEmpty();
      return prepareCheckout(tx, cart, wish);
    },
    { as: holdingAll(ctx.actor, [request.cartToken, wish.orderToken]) },
  );
}

async function prepareDirect(ctx: Ctx<PagePorts>, request: StartRequest, source: DirectSource): Promise<Prepared> {
  const customerId = customerOf(ctx.actor);
  const { currency } = request;
  const who = customerId ? `customer ${customerId}` : `browser ${request.cartToken}`;
  const { plan } = request;
  // An organization has one cart for its plan, whoever of it buys: two of them never have two pages that can be paid on.
  const seed = plan ? `plan:${plan.organizationId}` : directCartSeed(who, { ...source, currency });
  const tokens = ctx.providers.links.cartTokens(seed);
  const wish = wishOf(ctx, request, request.locale === "sv" ? "/medlemskap" : "/membership");
  return ctx.db.transaction(
    async (tx) => {
      const offer = await offerForDirect(
        tx,
        { ...source, quantity: source.quantity ?? 1, currency },
        { plan: plan !== undefined },
      );
      const wanted = { productId: offer.product.id, variantId: offer.variant.id };
      const price = await resolvePrice(tx, { ...wanted, currency });
      const line = {
        ...wanted,
        quantity: source.quantity ?? 1,
        shownAmount: request.shownAmount,
        currentAmount: price.amount,
      };
      const cart = await lockDirectCart(tx, tokens, { customerId, currency }, line);
      // Asked under the cart's lock: a purchase of another of them may have been completed a moment ago.
      if (plan && (await findRunningPlan(tx, plan.organizationId))) throw checkoutErrors.alreadySubscribed();
      const cancelPath = plan
        ? `/account/plan?organization=${plan.organizationId}`
        : cancelPathOf(offer.product, wish.cancelPath);
      return prepareCheckout(tx, cart, { ...wish, cancelPath });
    },
    { as: holdingAll(ctx.actor, [...tokens, wish.orderToken]) },
  );
}

/** Where the buyer came from. */
function cancelPathOf(product: { id: string; kind: string }, membershipPage: string): string {
  if (product.kind === "credit_pack") return "/account/credits";
  return product.kind === "membership" ? membershipPage : `/products/${product.id}`;
}

function wishOf(ctx: Ctx<PagePorts>, request: StartRequest, cancelPath: string): CheckoutWish {
  const checkoutId = newId("chk");
  return {
    checkoutId,
    orderToken: ctx.providers.links.newOrderToken(checkoutId),
    customerId: customerOf(ctx.actor),
    email: request.email,
    locale: request.locale,
    cancelPath,
    startConsent: request.startConsent,
    acceptChangedPrices: request.acceptChangedPrices,
    pointer: pointerOf(ctx.actor, request),
    shownTerms: request.shownTerms,
    plan: request.plan ?? null,
  };
}

/** Whom credits would be for: the account that is signed in, or whose key asks. */
function pointerOf(actor: Actor, request: Pick<StartRequest, "keyId" | "keepCard">): CreditPointer | null {
  if (customerOf(actor) === null || !("userId" in actor)) return null;
  const { keyId = null, keepCard = false } = request;
  return { userId: actor.userId, keyId, ...(keepCard ? { keepCard } : {}) };
}

async function keepConsent(ctx: Ctx<PagePorts>, checkout: Checkout): Promise<void> {
  await ctx.db.transaction(
    (tx) => tx.update(checkouts).set({ startConsentAt: tx.scope.now }).where(eq(checkouts.id, checkout.id)),
    { as: holding(ctx.actor, ctx.providers.links.orderToken(checkout)) },
  );
}

/** The page of an attempt that somebody else began: open already, soon, or (they died on the way) opened by us with the same call. */
async function pageOf(ctx: Ctx<PagePorts>, checkout: Checkout): Promise<PageOutcome> {
  const as = { as: holding(ctx.actor, ctx.providers.links.orderToken(checkout)), readOnly: true };
  let now = checkout;
  for (let waited = 0; now.status === "created" && waited < WAIT_MS; waited += LOOK_MS) {
    await wait(LOOK_MS);
    now = await ctx.db.transaction((tx) => findCheckout(tx, checkout.id), as);
  }
  if (now.stripeSessionId && now.url) return { outcome: "open", sessionId: now.stripeSessionId, url: now.url };
  return openPage(ctx, now);
}
