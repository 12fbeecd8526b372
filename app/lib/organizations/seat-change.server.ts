import type { AppLoadContext } from "@remix-run/node";
import type { Locale } from "../locale.ts";
import { answerNumber } from "../memberships/asked-number.server.ts";

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
  const leavers = new URL(request.url).searchParams.getAll("leaver");
  const { wanted, offer, refusal, refused } = await answerNumber(request, { locale, name: "seats" }, (seats) =>
    quote({ seats, leavers }),
  );
  const missing = refusal?.code === "subscriptions.seats_in_use" ? Number(refusal.details.missing) : 0;
  return { seats: wanted, leavers, offer, missing, refused: missing > 0 && leavers.length === 0 ? null : refused };
}
