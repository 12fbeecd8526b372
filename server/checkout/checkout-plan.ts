import { createHash } from "node:crypto";
import type { FrozenLine } from "../../drizzle/schema/checkout.ts";
import { type Currency, type Money, money, multiply, sum } from "../kernel/money.ts";
import type { ResolvedPrice } from "../pricing/index.ts";
import type { CartLine } from "./cart-lines.ts";

/** The payment provider takes eight digits at most. */
export const MOST_TO_CHARGE = 99_999_999;
/** How long a payment page can be paid on: five minutes more than the provider's least, so that a late retry is still in time. */
export const PAGE_MINUTES = 35;

/** A line as it will be frozen, before its price receipt is written. */
export type PlannedLine = Omit<FrozenLine, "priceReceiptId"> & { readonly price: ResolvedPrice };

/** The fee that is paid once beside a membership, as it stands on a line. */
const SETUP_FEE = { sv: "Startavgift", en: "Joining fee" } as const;

/** A price that is not what the visitor was shown. Unit amounts, minor units, tax included. */
export type PriceChange = {
  readonly variantId: string;
  readonly name: string;
  readonly shownAmount: number;
  readonly amount: number;
  readonly currency: Currency;
  /** The price is as it was shown, but not the trial or the setup fee: the amounts are then what is paid today. */
  readonly terms?: true;
};

/** The terms that somebody was shown beside a price. The fee in minor units. */
export type ShownTerms = { readonly trialDays: number; readonly setupFeeAmount: number };

export type CheckoutPlan = {
  readonly mode: "payment" | "subscription";
  readonly currency: Currency;
  readonly total: Money;
  readonly lines: readonly PlannedLine[];
  readonly requiresShipping: boolean;
  readonly changes: readonly PriceChange[];
};

/** A line with the price that holds now; `stripePriceId` null: the catalogue has not reached the provider yet. */
export type PricedCartLine = { readonly line: CartLine; readonly price: ResolvedPrice };

/**
 * What would be charged for these lines now, and which prices differ from those that were shown. Pure: the same lines
 * and prices are the same plan. What begins with a trial costs nothing today; a setup fee is a line of its own, paid once
 * however many there are. Null when
 * something cannot be charged yet because Stripe does not know its price. `extraSeats`: of a plan, those beside the ones that
 * it holds.
 */
export function planCheckout(
  priced: readonly PricedCartLine[],
  currency: Currency,
  locale: "sv" | "en",
  extraSeats = 0,
): CheckoutPlan | null {
  const lines: PlannedLine[] = [];
  for (const { line, price } of priced) {
    if (price.stripePriceId === null) return null;
    const { trialDays, trialWithoutCard, setupFeeAmount, setupFeeStripePriceId } = price.terms;
    const seats = price.seats && { seats: price.seats.included + extraSeats };
    const name = [lineName(price, locale), ...(extraSeats > 0 && seats ? [seatsWord(seats.seats, locale)] : [])].join(
      ", ",
    );
    const amount = price.amount + extraSeats * (price.seats?.each ?? 0);
    const { productId, variantId, quantity } = line;
    const of = { productId, variantId, quantity, taxRateBps: price.product.taxRateBps, price };
    const charged =
      trialDays > 0
        ? { unitAmount: 0, trialDays, laterAmount: amount, ...(trialWithoutCard ? { trialWithoutCard } : {}) }
        : { unitAmount: amount };
    lines.push({ ...of, ...charged, ...seats, ...frozenCredits(price), name, stripePriceId: price.stripePriceId });
    if (setupFeeAmount === 0) continue;
    if (setupFeeStripePriceId === null) return null;
    lines.push({
      ...{ ...of, quantity: 1, part: "setup_fee" as const, name: `${SETUP_FEE[locale]}, ${name}` },
      ...{ unitAmount: setupFeeAmount, stripePriceId: setupFeeStripePriceId },
    });
  }
  return {
    mode: lines.some((line) => line.price.interval !== null) ? "subscription" : "payment",
    currency,
    total: sum(
      lines.map((line) => multiply(money(line.unitAmount, currency), line.quantity)),
      currency,
    ),
    lines,
    requiresShipping: lines.some((line) => line.price.product.kind === "merchandise"),
    changes: priced.flatMap(({ line, price }) =>
      line.shownAmount === price.amount
        ? []
        : [
            {
              variantId: line.variantId,
              name: lineName(price, locale),
              shownAmount: line.shownAmount,
              amount: price.amount,
              currency,
            },
          ],
    ),
  };
}

const seatsWord = (count: number, locale: "sv" | "en"): string => `${count} ${locale === "sv" ? "platser" : "seats"}`;

/** What one of a pack grants, as it is said now: frozen with the line. */
function frozenCredits({ product }: ResolvedPrice): Pick<FrozenLine, "credits"> {
  if (product.creditsPerUnit === null) return {};
  return { credits: { perUnit: product.creditsPerUnit, validDays: product.creditsValidDays } };
}

/** What of the terms is not what was shown; nothing is compared where nothing is known of that. */
export function termChanges(plan: CheckoutPlan, shown: ShownTerms | null): PriceChange[] {
  const line = plan.lines.find(({ price }) => price.interval !== null);
  if (!shown || !line) return [];
  const { price, variantId, name, quantity } = line;
  const { trialDays, setupFeeAmount } = price.terms;
  if (shown.trialDays === trialDays && shown.setupFeeAmount === setupFeeAmount) return [];
  const today = (terms: ShownTerms) => (terms.trialDays > 0 ? 0 : price.amount * quantity) + terms.setupFeeAmount;
  const amounts = { shownAmount: today(shown), amount: today(price.terms), currency: plan.currency };
  return [{ variantId, name, ...amounts, terms: true }];
}

/** The product and the form that was chosen, in the buyer's language: `T-shirt, svart, M`. */
export function lineName(price: Pick<ResolvedPrice, "product" | "variant">, locale: "sv" | "en"): string {
  const chosen = Object.values(price.variant.options).map((option) => option[locale]);
  const { kind, name, summary } = price.product;
  // Every pack has the same name; how many credits it is stands in its summary.
  return [kind === "credit_pack" ? summary[locale] : name[locale], ...chosen].join(", ");
}

/** What is charged every period once a trial is over, in minor units; 0 where nothing renews. */
export function recurringAmount(mode: CheckoutPlan["mode"], lines: readonly FrozenLine[]): number {
  if (mode === "payment") return 0;
  return lines.reduce(
    (sum, line) => (line.part === "setup_fee" ? sum : sum + (line.laterAmount ?? line.unitAmount) * line.quantity),
    0,
  );
}

/** The trial that a purchase begins with, in days; 0: none. */
export function trialDaysOf(lines: readonly FrozenLine[]): number {
  return lines.reduce((days, line) => Math.max(days, line.trialDays ?? 0), 0);
}

/** What the end of that trial brings without a card; null: the page asks for one. */
export function trialWithoutCardOf(lines: readonly FrozenLine[]): FrozenLine["trialWithoutCard"] | null {
  return lines.find((line) => line.trialWithoutCard !== undefined)?.trialWithoutCard ?? null;
}

type Chargeable = Pick<
  FrozenLine,
  "variantId" | "quantity" | "unitAmount" | "stripePriceId" | "trialDays" | "trialWithoutCard" | "credits" | "seats"
>;

/** What decides the price of a page, as a short text: equal when and only when the same would be charged for the same things. */
export function chargeDigest(lines: readonly Chargeable[]): string {
  const facts = lines.map((line) => [
    ...[line.variantId, line.quantity, line.unitAmount, line.stripePriceId],
    ...(line.trialDays ? [line.trialDays] : []),
    ...(line.trialWithoutCard ? [line.trialWithoutCard] : []),
    ...(line.seats ? [line.seats] : []),
    ...(line.credits ? [line.credits.perUnit, line.credits.validDays] : []),
  ]);
  return createHash("sha256").update(JSON.stringify(facts)).digest("hex").slice(0, 16);
}

/** The key under which the page is opened: cart version, prices and attempt. A retry of the call has the same key. */
export function pageKey(page: {
  cartId: string;
  cartVersion: number;
  attempt: number;
  lines: readonly Chargeable[];
}): string {
  return [page.cartId, page.cartVersion, chargeDigest(page.lines), page.attempt].join(":");
}
