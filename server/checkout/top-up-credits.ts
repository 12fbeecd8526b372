import { eq } from "drizzle-orm";
import { creditSettings } from "../../drizzle/schema/credit-settings.ts";
import { customers } from "../../drizzle/schema/identity.ts";
import { readBalance } from "../credits/index.ts";
import type { Ctx } from "../kernel/ctx.ts";
import type { Tx } from "../kernel/db.ts";
import { newId } from "../kernel/id.ts";
import { enqueue } from "../kernel/job.ts";
import { type ResolvedPrice, resolvePrices } from "../pricing/index.ts";
import type { CardCharger } from "./card-charger.ts";
import { planCheckout } from "./checkout-plan.ts";
import { convergeTopUp, type TopUpPorts } from "./converge-top-up.ts";
import { directCartSeed, lockDirectCart } from "./direct-cart.ts";
import type { Checkout } from "./find-checkout.ts";
import { sendTopUpFailedJob } from "./jobs.ts";
import { reusableCustomer, writeIntent } from "./prepare-checkout.ts";
import { type CreditSettings, chargedByItself, findCreditSettings, nextPeriod } from "./read-credit-settings.ts";
import { stopTopUp } from "./stop-top-up.ts";
import { judgeTopUp, type TopUpVerdict } from "./top-up-rules.ts";

/**
 * Buys credits with the saved card of a customer whose balance fell below what they chose: the shop's own purchase, charged
 * without a page. Its intent commits before the card is asked; its outcome is looked at like any other purchase's. One at a
 * time per customer (the settings are locked while it is decided) and never past a cap. What stands in its way is told by
 * mail, and a charge that failed stops it until its owner has looked. Idempotent: asked again it finds what is under way, or
 * enough. Worker only. Throws ProviderError when the provider cannot be asked.
 */
export async function topUpCredits(ctx: Ctx<TopUpPorts>, { customerId }: { customerId: string }): Promise<void> {
  const wanted = await ctx.db.transaction((tx) => decide(tx, customerId));
  if (wanted.verdict === "daily_cap" || wanted.verdict === "monthly_cap")
    return waitForRoom(ctx, customerId, wanted.verdict);
  if (wanted.verdict !== "charge") return;
  const cardId = await findCard(ctx, wanted.stripeCustomerId);
  const checkout = await ctx.db.transaction(async (tx) => {
    const again = await decide(tx, customerId);
    if (again.verdict !== "charge") return null;
    if (!again.price) return stop(tx, customerId, "not_for_sale");
    if (!cardId) return stop(tx, customerId, "no_card");
    return begin(ctx, tx, again.settings, { ...again, price: again.price, cardId });
  });
  if (checkout) await convergeTopUp(ctx, checkout, undefined, { neverSent: true });
}

type Decided = {
  readonly verdict: TopUpVerdict;
  readonly settings: CreditSettings;
  readonly price: ResolvedPrice | null;
  readonly stripeCustomerId: string | null;
};

async function decide(tx: Tx, customerId: string): Promise<Decided | { readonly verdict: "off" }> {
  const settings = await findCreditSettings(tx, customerId, { lock: true });
  if (!settings?.topUp || settings.productId === null || settings.currency === null) return { verdict: "off" };
  const { productId, currency, quantity, topUpBelow, dailyCap, monthlyCap } = settings;
  const [price = null] = await resolvePrices(tx, [{ productId, currency }]);
  // First what is under way, then the balance: one that ends between the two is granted in the transaction that ends it, and the
  // balance has it. The other way round it would be in neither, and the card be charged twice.
  const made = await chargedByItself(tx, customerId);
  const { available } = await readBalance(tx, { customerId, apiKeyId: null });
  const amount = (price?.amount ?? 0) * (quantity ?? 1);
  const wish = { below: topUpBelow ?? 0, dailyCap: dailyCap ?? 0, monthlyCap: monthlyCap ?? 0 };
  const verdict = judgeTopUp(
    { ...wish, topUp: true, stopped: settings.stoppedAt !== null },
    { available, amount, ...made },
  );
  return { verdict, settings, price, stripeCustomerId: await reusableCustomer(tx, customerId) };
}

async function findCard(
  ctx: Ctx<{ readonly cardCharger: CardCharger }>,
  stripeCustomerId: string | null,
): Promise<string | null> {
  return stripeCustomerId === null ? null : ctx.providers.cardCharger.findCard(stripeCustomerId);
}

async function begin(
  ctx: Ctx<TopUpPorts>,
  tx: Tx,
  settings: CreditSettings,
  with_: { readonly price: ResolvedPrice; readonly cardId: string },
): Promise<Checkout | null> {
  const { price, cardId } = with_;
  const { customerId, quantity } = settings;
  const [owner] = await tx.select().from(customers).where(eq(customers.id, customerId));
  if (!owner?.userId) return null;
  const { currency } = price;
  const [productId, variantId] = [price.product.id, price.variant.id];
  const tokens = ctx.providers.links.cartTokens(directCartSeed(`top-up ${customerId}`, { productId, currency }));
  const line = { productId, variantId, quantity: quantity ?? 1, shownAmount: price.amount };
  const cart = await lockDirectCart(tx, tokens, { customerId, currency }, { ...line, currentAmount: price.amount });
  const plan = planCheckout([{ line, price }], currency, owner.locale);
  if (!plan) return null;
  const checkoutId = newId("chk");
  return writeIntent(tx, cart, plan, {
    ...{ checkoutId, orderToken: ctx.providers.links.newOrderToken(checkoutId), customerId, email: owner.email },
    ...{ locale: owner.locale, cancelPath: "/account/credits", startConsent: false, acceptChangedPrices: true },
    ...{ shownTerms: null, plan: null, pointer: { userId: owner.userId, keyId: null }, topUpCard: cardId },
  });
}

async function stop(tx: Tx, customerId: string, reason: "no_card" | "not_for_sale"): Promise<null> {
  await stopTopUp(tx, { customerId, reason });
  return null;
}

/**
 * Nothing is wrong, and nothing is charged: told once for each day or month in which it happens, and looked at again when the
 * next one begins. The balance is below the threshold already and will not fall past it again.
 */
async function waitForRoom(ctx: Ctx, customerId: string, cap: "daily_cap" | "monthly_cap"): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const nextTryAt = nextPeriod(tx.scope.now, cap === "daily_cap" ? "day" : "month");
    await tx.update(creditSettings).set({ nextTryAt }).where(eq(creditSettings.customerId, customerId));
    await enqueue(tx, sendTopUpFailedJob, { customerId, cap });
  });
}
