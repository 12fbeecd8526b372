import type { Locale } from "../../../app/lib/locale.ts";

/** The facts of a change as they stand in a sentence. */
export type Facts = {
  readonly product: string;
  readonly to: string;
  readonly at: string;
  readonly until: string | null;
  readonly sum: string;
  readonly next: string;
  readonly full: string;
  readonly before: string;
  readonly refund: string | null;
  /** What a change has cost at once, or left over for the next bill. */
  readonly charged: string | null;
  readonly credited: string | null;
  /** What comes with the next payment. */
  readonly carried: string | null;
  /** An organization's plan, not a person's membership. */
  readonly plan: boolean;
  /** How many seats a plan has then in all, or how many there are of a membership. */
  readonly seats: string;
};
export type Words = {
  readonly subject: (facts: Facts) => string;
  readonly text: (facts: Facts) => string;
  readonly action?: string;
};

/** What staff have moved to another version at once: the same plan, at another price or with other terms. */
type Moved = "price_changed" | "price_waits" | "price_kept" | "terms_changed";

export const MOVED: Record<Locale, Record<Moved, Words>> = {
  sv: {
    price_changed: {
      subject: ({ product }) => `${product} har ett nytt pris`,
      text: ({ product, sum, charged, credited, plan }) =>
        `Vi har ändrat ${product}: från i dag kostar ${plan ? "er plan" : "ditt medlemskap"} ${sum}. ${
          charged
            ? `För resten av perioden har ${charged} dragits.`
            : credited
              ? `${credited} av det som är betalat räknas av på nästa betalning.`
              : "Inget har dragits för bytet."
        }`,
      action: "Se vad som ändrades",
    },
    price_waits: {
      subject: ({ product }) => `${product} får ett nytt pris när det är betalt`,
      text: ({ product, sum, charged, until }) =>
        `Vi ändrar ${product}, som sedan kostar ${sum}. ${charged ? `För resten av perioden är det ${charged}, och banken vill att betalningen godkänns eller att kortet byts. ` : ""}Till dess är allt som förut.${until ? ` Är det inte gjort senast ${until} blir det ingen ändring, och inget dras.` : ""}`,
      action: "Betala",
    },
    price_kept: {
      subject: ({ product }) => `${product} är som förut`,
      text: ({ product }) => `${product} fick inget nytt pris: betalningen gjordes inte. Inget har dragits för det.`,
    },
    terms_changed: {
      subject: ({ product }) => `Villkoren för ${product} är ändrade`,
      text: ({ product, sum }) => `Från i dag ingår annat i ${product}. Priset är oförändrat, ${sum}.`,
      action: "Se vad som ändrades",
    },
  },
  en: {
    price_changed: {
      subject: ({ product }) => `${product} has a new price`,
      text: ({ product, sum, charged, credited }) =>
        `We have changed ${product}: from today it costs ${sum}. ${
          charged
            ? `${charged} was charged for the rest of the period.`
            : credited
              ? `${credited} of what was paid is set off against your next payment.`
              : "Nothing was charged for the change."
        }`,
      action: "See what changed",
    },
    price_waits: {
      subject: ({ product }) => `${product} gets a new price once it is paid`,
      text: ({ product, sum, charged, until }) =>
        `We are changing ${product}, which costs ${sum} from then on. ${charged ? `For the rest of the period it is ${charged}, and the bank wants the payment to be approved or the card to be changed. ` : ""}Until then everything is as before.${until ? ` If it is not done by ${until} nothing changes, and nothing is charged.` : ""}`,
      action: "Pay",
    },
    price_kept: {
      subject: ({ product }) => `${product} is as before`,
      text: ({ product }) => `${product} got no new price: the payment was not made. Nothing was charged for it.`,
    },
    terms_changed: {
      subject: ({ product }) => `The terms of ${product} have changed`,
      text: ({ product, sum }) => `From today ${product} includes something else. The price stays as it is, ${sum}.`,
      action: "See what changed",
    },
  },
};
