import type { Locale } from "../locale.ts";
import { refusalOf } from "../refusal.ts";
import { refusalText } from "../refusal-text.ts";

/** What another plan would cost, or in words what has to be done before it can be asked for. */
export async function askedChange<Offer>(
  locale: Locale,
  quote: () => Promise<Offer>,
): Promise<{ readonly offer: Offer | null; readonly refused: string | null }> {
  try {
    return { offer: await quote(), refused: null };
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal?.code !== "subscriptions.trial_needs_card") throw error;
    return { offer: null, refused: refusalText(refusal, locale) };
  }
}
