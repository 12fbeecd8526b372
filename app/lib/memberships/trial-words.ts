import { t } from "../i18n/translate.ts";
import type { Locale } from "../locale.ts";

/** What the end of a trial brings when no card has come by then; null: a card is there, and is charged. */
export type WithoutCard = "cancel" | "pause" | "create_invoice" | null;

const ENDS = ["cancel", "pause", "create_invoice"] as const;

/** As it was chosen in a form; null: a card is needed from the start. */
export const withoutCardOf = (chosen: string): WithoutCard => ENDS.find((one) => one === chosen) ?? null;

/** What a trial turns into, worded by agreement: `399,00 kr dras den 4 december 2026 om du inte …`; without a card, what comes then. */
export function trialSentence(
  facts: { sum: string; date: string; count: number; withoutCard?: WithoutCard | undefined },
  locale: Locale,
): string {
  const { withoutCard, ...values } = facts;
  return t(locale)(withoutCard ? `prices.trialNoCard.${withoutCard}` : "prices.trialLater", values);
}
