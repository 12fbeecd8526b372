import { useLocale } from "~/lib/i18n/language.tsx";
import { type RenewalFacts, renewalLine } from "~/lib/price-view.ts";

/** What happens next to the member's money, in one line. */
export function RenewalLine(facts: RenewalFacts) {
  const locale = useLocale();
  return <p className="tabular text-14 text-fg-muted">{renewalLine(facts, locale)}</p>;
}
