import type { Locale } from "../locale.ts";
import { type Refusal, refusalOf } from "../refusal.ts";
import { refusalText } from "../refusal-text.ts";

/** What a page was asked by its address about another number of something, and what came of it. */
export type AskedNumber<Offer> = {
  /** How many; null: nothing was asked. */
  readonly wanted: number | null;
  readonly offer: Offer | null;
  readonly refusal: Refusal | null;
  /** Why not, in words. */
  readonly refused: string | null;
};

/** Quotes the number that stands in the address under `name`; what is no number is refused as too few. */
export async function answerNumber<Offer>(
  request: Request,
  { locale, name }: { locale: Locale; name: string },
  quote: (wanted: number) => Promise<Offer>,
): Promise<AskedNumber<Offer>> {
  const typed = new URL(request.url).searchParams.get(name);
  const nothing = { wanted: null, offer: null, refusal: null, refused: null };
  if (typed === null) return nothing;
  const wanted = /^\d{1,5}$/.test(typed.trim()) ? Number(typed) : 0;
  try {
    return { ...nothing, wanted, offer: await quote(Math.max(1, wanted)) };
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal?.kind !== "conflict" && refusal?.kind !== "invalid") throw error;
    return { ...nothing, wanted, refusal, refused: refusalText(refusal, locale) };
  }
}
