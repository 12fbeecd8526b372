import { and, desc, eq, isNull } from "drizzle-orm";
import { type CreditPointer, checkouts, type FrozenLine } from "../../drizzle/schema/checkout.ts";
import { providerCustomers } from "../../drizzle/schema/identity.ts";
import { reserveStock, type Shortage } from "../inventory/index.ts";
import type { Tx } from "../kernel/db.ts";
import { hashToken } from "../kernel/id.ts";
import { begin } from "../kernel/machine.ts";
import { type ReceiptOwner, resolvePrices, termsFor, writePriceReceipt } from "../pricing/index.ts";
import { hasHadTrial } from "../subscriptions/index.ts";
import { replaceLines } from "./adopt-cart.ts";
import { nextCheckAt } from "./check-schedule.ts";
import {
  type CheckoutPlan,
  chargeDigest,
  MOST_TO_CHARGE,
  PAGE_MINUTES,
  type PriceChange,
  pageKey,
  planCheckout,
  type ShownTerms,
  termChanges,
} from "./checkout-plan.ts";
import { checkoutMachine } from "./checkout-status.ts";
import { checkoutErrors } from "./errors.ts";
import { extraSeats, requireCompany } from "./extra-seats.ts";
import { type Cart, linesOf } from "./find-cart.ts";
import { attemptsOf, type Checkout } from "./find-checkout.ts";
import { closeOtherPages } from "./open-page.ts";

/** A page that has less than this left is not handed out again. */
const LEAST_LEFT_MS = 60_000;
/** A call whose outcome is unknown for longer than this is left to the job: nobody has its page's address, so nobody can pay on it. */
const UNKNOWN_FOR_MS = 120_000;

export type CheckoutWish = {
  /** Ids of the intent, should a new one be needed: made before the transaction, whose rights depend on the token. */
  readonly checkoutId: string;
  readonly orderToken: string;
  readonly customerId: string | null;
  readonly email: string | null;
  readonly locale: "sv" | "en";
  readonly cancelPath: string;
  readonly startConsent: boolean;
  readonly acceptChangedPrices: boolean;
  /** Whom credits would be for; null while nobody is signed in. */
  readonly pointer: CreditPointer | null;
  /** The saved card that is charged without a page. */
  readonly topUpCard?: string;
  /** The trial and the setup fee that the pressed card showed; null: nothing is known of what was shown. */
  readonly shownTerms: ShownTerms | null;
  /** The organization that a plan is bought for, with the version it is bought at; null for everything else. */
  readonly plan: {
    readonly organizationId: string;
    readonly planVersionId: string;
    readonly seats: number | null;
  } | null;
};

export type Prepared =
  /** `fresh`: this request made the intent, and nobody else sends its call. */
  | { readonly kind: "ready"; readonly checkout: Checkout; readonly plan: CheckoutPlan; readonly fresh: boolean }
  | { readonly kind: "price_changed"; readonly changes: readonly PriceChange[] }
  | { readonly kind: "not_mirrored" };

/**
 * Decides, for a locked cart, which attempt to pay goes on: the one that is open for exactly this cart at exactly these
 * prices, or a new one, committed as an intent before anybody is called, with its goods set aside. Prices come from our own
 * tables alone. Throws `checkout.sold_out` when there are too few: the caller's transaction then leaves nothing behind.
 */
export async function prepareCheckout(tx: Tx, cart: Cart, wish: CheckoutWish): Promise<Prepared> {
  const before = await planOf(tx, cart, wish);
  if (!before) return { kind: "not_mirrored" };
  const pointer = before.lines.some((line) => line.credits) ? wish.pointer : null;
  if (pointer === null && before.lines.some((line) => line.credits)) throw checkoutErrors.signInForCredits();
  const changes = before.changes.length > 0 ? before.changes : termChanges(before, wish.shownTerms);
  if (changes.length > 0 && !wish.acceptChangedPrices) {
    await closeOtherPages(tx, cart.id, null);
    return { kind: "price_changed", changes };
  }
  const accepted = await acceptPrices(tx, cart, before);
  const usable = (await attemptsOf(tx, cart.id)).find((attempt) =>
    isUsable(attempt, accepted, before, { ...wish, pointer }, tx.scope.now),
  );
  if (usable) return { kind: "ready", checkout: usable, plan: before, fresh: false };
  const checkout = await writeIntent(tx, accepted, before, { ...wish, pointer });
  return { kind: "ready", checkout, plan: before, fresh: true };
}

async function planOf(
  tx: Tx,
  cart: Cart,
  { locale, customerId, plan: bought }: CheckoutWish,
): Promise<CheckoutPlan | null> {
  const lines = await linesOf(tx, cart.id);
  if (lines.length === 0) throw checkoutErrors.cartEmpty();
  const prices = await resolvePrices(
    tx,
    lines.map(({ productId, variantId }) => ({ productId, variantId, currency: cart.currency })),
  );
  const trialUsed = await hasHadTrial(tx, { customerId, organizationId: bought?.organizationId ?? null });
  const priced = lines.map((line, i) => {
    const price = prices[i];
    if (!price) throw checkoutErrors.notForSale({ variantId: line.variantId });
    return { line, price: { ...price, terms: termsFor(price.terms, { trialUsed }) } };
  });
  const extra = extraSeats(priced, bought?.seats ?? null);
  if (bought && extra > 0) await requireCompany(tx, bought.organizationId);
  const plan = planCheckout(priced, cart.currency, locale, extra);
  if (plan && plan.total.amount > MOST_TO_CHARGE) throw checkoutErrors.badQuantity();
  return plan;
}

/** What was changed has now been shown: the cart remembers the new prices, as another version of itself. */
async function acceptPrices(tx: Tx, cart: Cart, plan: CheckoutPlan): Promise<Cart> {
  if (plan.changes.length === 0) return cart;
  const lines = plan.lines
    .filter((line) => line.part === undefined)
    .map(({ productId, variantId, quantity, price }) => ({
      productId,
      variantId,
      quantity,
      shownAmount: price.amount,
    }));
  return replaceLines(tx, cart, lines);
}

function isUsable(attempt: Checkout, cart: Cart, plan: CheckoutPlan, wish: CheckoutWish, now: Date): boolean {
  const fresh = now.getTime() - attempt.createdAt.getTime() < UNKNOWN_FOR_MS;
  return (
    (attempt.status === "open" || ((attempt.status === "created" || attempt.status === "unknown") && fresh)) &&
    attempt.failureCode !== "mismatch" &&
    attempt.cartVersion === cart.version &&
    attempt.customerId === wish.customerId &&
    isSamePointer(attempt.creditPointer, wish.pointer) &&
    attempt.topUpCard === null &&
    attempt.organizationId === (wish.plan?.organizationId ?? null) &&
    attempt.planVersionId === (wish.plan?.planVersionId ?? null) &&
    attempt.expiresAt.getTime() > now.getTime() + LEAST_LEFT_MS &&
    chargeDigest(attempt.lines) === chargeDigest(plan.lines)
  );
}

function isSamePointer(one: CreditPointer | null, other: CreditPointer | null): boolean {
  const facts = (pointer: CreditPointer | null) => [pointer?.userId, pointer?.keyId, pointer?.keepCard ?? false];
  return facts(one).join() === facts(other).join();
}

/** Commits one attempt to pay a locked cart: its lines and prices frozen, their receipts written, its goods set aside. */
export async function writeIntent(tx: Tx, cart: Cart, plan: CheckoutPlan, wish: CheckoutWish): Promise<Checkout> {
  const now = tx.scope.now;
  const accessTokenHash = hashToken(wish.orderToken);
  const earlier = (await attemptsOf(tx, cart.id)).filter((attempt) => attempt.cartVersion === cart.version);
  const attempt = (earlier[0]?.attempt ?? 0) + 1;
  const lines = await withReceipts(tx, plan, { customerId: wish.customerId, accessTokenHash });
  const stripeCustomerId = wish.plan
    ? await organizationCustomer(tx, wish.plan.organizationId)
    : await reusableCustomer(tx, wish.customerId);
  const expiresAt = new Date(now.getTime() + PAGE_MINUTES * 60_000);
  const status = checkoutMachine.initial;
  const [checkout] = await tx
    .insert(checkouts)
    .values({
      id: wish.checkoutId,
      accessTokenHash,
      cartId: cart.id,
      cartVersion: cart.version,
      attempt,
      customerId: wish.customerId,
      stripeCustomerId,
      email: stripeCustomerId && !wish.topUpCard ? null : wish.email,
      cancelPath: wish.cancelPath,
      mode: plan.mode,
      status,
      currency: cart.currency,
      totalAmount: plan.total.amount,
      lines,
      creditPointer: wish.pointer,
      organizationId: wish.plan?.organizationId ?? null,
      planVersionId: wish.plan?.planVersionId ?? null,
      topUpCard: wish.topUpCard ?? null,
      locale: wish.locale,
      requiresShipping: plan.requiresShipping,
      startConsentAt: wish.startConsent ? now : null,
      idempotencyKey: pageKey({ cartId: cart.id, cartVersion: cart.version, attempt, lines }),
      expiresAt,
      nextCheckAt: nextCheckAt({ status, createdAt: now, expiresAt }, now),
      createdAt: now,
    })
    .returning();
  if (!checkout) throw new Error("an insert returns its row");
  await begin(tx, checkoutMachine, { id: checkout.id });
  await closeOtherPages(tx, cart.id, checkout.id);
  // Credits lie on no shelf, and nobody stands before a page.
  if (wish.topUpCard) return checkout;
  const short = await reserveStock(tx, checkout.id);
  if (short.length > 0) throw checkoutErrors.soldOut({ items: short.map((one) => named(one, lines)) });
  return checkout;
}

/** The lines as they are frozen, each with the receipt of its price; a setup fee is told on its membership's. */
async function withReceipts(tx: Tx, plan: CheckoutPlan, owner: ReceiptOwner): Promise<FrozenLine[]> {
  const receipts = new Map<CheckoutPlan["lines"][number]["price"], string>();
  const lines: FrozenLine[] = [];
  for (const { price, ...line } of plan.lines) {
    const priceReceiptId = receipts.get(price) ?? (await writePriceReceipt(tx, price, owner, line.quantity));
    receipts.set(price, priceReceiptId);
    lines.push({ ...line, priceReceiptId });
  }
  return lines;
}

/** What there is too little of, in the words of the purchase. */
export type SoldOutItem = Shortage & { readonly name: string };

function named(short: Shortage, lines: readonly FrozenLine[]): SoldOutItem {
  return { ...short, name: lines.find((line) => line.variantId === short.variantId)?.name ?? short.variantId };
}

/** The account's own customer at Stripe from an earlier purchase, so that a saved card is offered. Guests' are never reused. */
export async function reusableCustomer(tx: Tx, customerId: string | null): Promise<string | null> {
  if (customerId === null) return null;
  const [known] = await tx
    .select({ externalId: providerCustomers.externalId })
    .from(providerCustomers)
    .where(
      and(
        eq(providerCustomers.customerId, customerId),
        eq(providerCustomers.provider, "stripe"),
        eq(providerCustomers.reusable, true),
        isNull(providerCustomers.organizationId),
      ),
    )
    .orderBy(desc(providerCustomers.createdAt))
    .limit(1);
  return known?.externalId ?? null;
}

/** The organization's own customer at Stripe from an earlier plan; nobody's personal cards and receipts are in it. */
export async function organizationCustomer(tx: Tx, organizationId: string): Promise<string | null> {
  const [known] = await tx
    .select({ externalId: providerCustomers.externalId })
    .from(providerCustomers)
    .where(and(eq(providerCustomers.organizationId, organizationId), eq(providerCustomers.provider, "stripe")))
    .orderBy(desc(providerCustomers.createdAt))
    .limit(1);
  return known?.externalId ?? null;
}
