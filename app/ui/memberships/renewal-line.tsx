import { type RenewalFacts, renewalLine } from "~/lib/checkout/price-view.ts";
import { useLocale } from "~/lib/i18n/language.tsx";

/** What happens next to the member's money, in one line. */
export function RenewalLine(facts: RenewalFacts) {
  const locale = useLocale();
  // What a trial turns into is said in full: it is a price.
  const look = facts.trial && !facts.endsAt ? "text-16" : "text-14 text-fg-muted";
  return <p className={`tabular ${look}`}>{renewalLine(facts, locale)}</p>;
}
