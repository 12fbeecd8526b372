import type { ProductProblem } from "./source-problem.ts";

type Words = { readonly sv: string; readonly en: string };

/** Why a campaign's price is not what a visitor pays, in the words that staff are shown. */
const REASONS: Readonly<Record<ProductProblem, Words>> = {
  archived: { sv: "Priset är arkiverat i Stripe.", en: "The price is archived in Stripe." },
  not_found: { sv: "Priset finns inte i Stripe.", en: "The price does not exist in Stripe." },
  no_plain_amount: {
    sv: "Priset har inget fast belopp per styck.",
    en: "The price has no fixed amount per unit.",
  },
  wrong_currency: {
    sv: "Priset är i en annan valuta.",
    en: "The price is in another currency.",
  },
  wrong_interval: {
    sv: "Priset förnyas med ett annat intervall än ordinarie pris.",
    en: "The price renews at another interval than the default price.",
  },
  not_yet_checked: { sv: "Priset är inte hämtat från Stripe än.", en: "The price has not been read from Stripe yet." },
  unknown_product: { sv: "Produkten finns inte i katalogen.", en: "The product is not in the catalogue." },
  not_lower: { sv: "Priset är inte lägre än ordinarie pris.", en: "The price is not below the default price." },
  has_duration: {
    sv: "Kampanjens månader går inte jämnt upp i den period som betalas.",
    en: "The months of the campaign do not come out even with the period that is paid.",
  },
  not_active: { sv: "Kampanjen pågår inte.", en: "The campaign is not live." },
  not_started: { sv: "Kampanjen har inte börjat.", en: "The campaign has not begun." },
  over: { sv: "Kampanjen är slut.", en: "The campaign is over." },
  superseded: { sv: "Kampanjen har fått ett nyare pris.", en: "The campaign has a newer price." },
  beaten: {
    sv: "En annan kampanj är billigare, eller kostar lika mycket och började först.",
    en: "Another campaign is cheaper, or costs the same and began first.",
  },
};

export function reasonWords(reason: ProductProblem): Words {
  return REASONS[reason];
}
