import type { AppLoadContext } from "@remix-run/node";
import type { Locale } from "../locale.ts";
import { type AskedNumber, answerNumber } from "./asked-number.server.ts";

type Offer = Awaited<ReturnType<AppLoadContext["caller"]["billing"]["memberships"]["quoteUnits"]>>;

/** What a page was asked by its address about more or fewer of a membership, and what came of it. */
export type UnitAnswer = Omit<AskedNumber<Offer>, "refusal">;

/** Quotes the number that the address names (`units`). */
export async function answerUnits(
  request: Request,
  locale: Locale,
  quote: (units: number) => Promise<Offer>,
): Promise<UnitAnswer> {
  const { refusal: _, ...answer } = await answerNumber(request, { locale, name: "units" }, quote);
  return answer;
}
