import type { AppLoadContext } from "@remix-run/node";
import type { ChangeQuote } from "../../../server/billing/change-quote.ts";

type Quoting = AppLoadContext["caller"]["billing"]["memberships"]["quote"];
type Chosen = { id: string; productId: string; variantId: string };
type Timing = ChangeQuote["timing"];

/**
 * What a change costs in each of the ways in which it can be made, and the one that the address asks for, else the shop's own.
 * What comes to the same is shown once.
 */
export async function quotesFor(quote: Quoting, chosen: Chosen, asked: string | null) {
  const first = await quote(chosen);
  const others = await Promise.all(first.ways.slice(1).map((timing) => quote({ ...chosen, timing })));
  const offers = [...new Map([first, ...others].toReversed().map((one) => [one.quote.timing, one])).values()].reverse();
  const offer = offers.find((one) => one.quote.timing === asked) ?? first;
  return { offer, ways: offers.map((one) => one.quote) };
}

/** The ways in which a plan changes, as words name them. */
export const CHANGE_WAYS = ["now", "next_invoice", "period_end", "new_cycle"] as const satisfies readonly Timing[];
