import type Stripe from "stripe";
import { callStripe } from "./client.ts";

type Tier = NonNullable<Stripe.Price["tiers"]>[number];
type Tiered = Pick<Stripe.Price, "unit_amount" | "tiers_mode" | "tiers">;

/** What a price with tiers says of seats: what so many cost together, and what each beyond them costs; minor units. */
export type SeatPrice = { readonly included: number; readonly amount: number; readonly each: number };

const sumOf = (whole: number | null, exact: Tier["flat_amount_decimal"]): number => whole ?? Number(exact ?? 0);

/** What a quantity of a price costs per period; each tier is rounded by itself, as on a bill. Its tiers must have been asked for. */
export function amountOf({ unit_amount: each, tiers_mode: mode, tiers }: Tiered, quantity: number): number {
  if (!tiers) return (each ?? 0) * quantity;
  const unit = (tier: Tier) => sumOf(tier.unit_amount, tier.unit_amount_decimal);
  const flat = (tier: Tier) => sumOf(tier.flat_amount, tier.flat_amount_decimal);
  const endOf = (tier: Tier | undefined) => (tier ? (tier.up_to ?? Number.POSITIVE_INFINITY) : 0);
  if (mode === "volume") {
    const reached = tiers.find((tier) => quantity <= endOf(tier));
    return reached ? Math.round(unit(reached) * quantity + flat(reached)) : 0;
  }
  return tiers.reduce((sum, tier, index) => {
    const before = endOf(tiers[index - 1]);
    if (index > 0 && quantity <= before) return sum;
    return sum + Math.round(unit(tier) * (Math.min(quantity, endOf(tier)) - before)) + Math.round(flat(tier));
  }, 0);
}

/** A price for so many seats together and each one beyond; null: it is any other price. */
export function seatPriceOf({ tiers_mode: mode, tiers }: Tiered): SeatPrice | null {
  const [first, rest, more] = tiers ?? [];
  if (mode !== "graduated" || !first || !rest || more || first.up_to === null) return null;
  const isPlan = first.flat_amount !== null && !first.unit_amount;
  const isSeat = rest.unit_amount !== null && !rest.flat_amount;
  if (!isPlan || !isSeat) return null;
  return { included: first.up_to, amount: first.flat_amount ?? 0, each: rest.unit_amount ?? 0 };
}

const books = new WeakMap<Stripe, Map<string, Promise<Stripe.Price>>>();

/**
 * A price with its tiers, which Stripe tells only where they are asked for, and of a subscription that comes with
 * something else not at all. What a price costs never changes: each is asked for once by a process.
 */
export function withTiers(stripe: Stripe, price: Stripe.Price): Promise<Stripe.Price> {
  if (price.billing_scheme !== "tiered" || price.tiers) return Promise.resolve(price);
  const book = books.get(stripe) ?? new Map<string, Promise<Stripe.Price>>();
  books.set(stripe, book);
  const known = book.get(price.id);
  if (known) return known;
  const asked = callStripe("read", () => stripe.prices.retrieve(price.id, { expand: ["tiers"] }));
  book.set(price.id, asked);
  asked.catch(() => book.delete(price.id));
  return asked;
}
