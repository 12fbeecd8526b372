import type { AppLoadContext } from "@remix-run/node";
import type { Locale } from "../locale.ts";
import { refusalOf } from "../refusal.ts";
import { refusalText } from "../refusal-text.ts";

type Procedures = AppLoadContext["caller"]["billing"]["memberships"];
export type SeatOffer = Awaited<ReturnType<Procedures["quoteSeats"]>>;

/** What a page was asked about seats by its address, and what came of it. */
export type SeatAnswer = {
  /** How many seats in all; null: nothing was asked. */
  readonly seats: number | null;
  readonly leavers: readonly string[];
  readonly offer: SeatOffer | null;
  /** How many of those who have a seat have to be chosen first. */
  readonly missing: number;
  readonly refused: string | null;
};

/** Quotes the number of seats that the address names (`seats`, and `leaver` for each that is taken away). */
export async function answerSeats(
  request: Request,
  locale: Locale,
  quote: (wish: { seats: number; leavers: string[] }) => Promise<SeatOffer>,
): Promise<SeatAnswer> {
  const { searchParams } = new URL(request.url);
  const typed = searchParams.get("seats");
  const leavers = searchParams.getAll("leaver");
  const nothing = { seats: null, leavers, offer: null, missing: 0, refused: null };
  if (typed === null) return nothing;
  const seats = /^\d{1,5}$/.test(typed.trim()) ? Number(typed) : 0;
  const asked = { ...nothing, seats };
  try {
    return { ...asked, offer: await quote({ seats: Math.max(1, seats), leavers }) };
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal?.kind !== "conflict" && refusal?.kind !== "invalid") throw error;
    const missing = refusal.code === "subscriptions.seats_in_use" ? Number(refusal.details.missing) : 0;
    return { ...asked, missing, refused: missing > 0 && leavers.length === 0 ? null : refusalText(refusal, locale) };
  }
}
