/** The same text in both of the shop's languages. */
export type Texts = { readonly sv: string; readonly en: string };
export type Amounts = { readonly SEK: number; readonly EUR: number; readonly USD: number };

/** What a price was earlier: `daysAgo` it began, in percent of today's. The last one lasts until today's price began. */
export type EarlierPrice = { readonly daysAgo: number; readonly percent: number };

export type ShopVariant = {
  readonly id: string;
  readonly sku: string;
  /** In the order in which they are chosen. */
  readonly options: Readonly<Record<string, Texts>>;
  /** How many lie in the warehouse and at the front desk; without: it is not counted. */
  readonly stock?: readonly [warehouse: number, desk: number];
  /** Its own price; without one the product's holds. */
  readonly price?: {
    /** A currency that is left out is one it is not sold in. */
    readonly amounts: Partial<Amounts>;
    readonly interval: "month" | "year";
    /** Days before the first charge, and what is charged once beside it. */
    readonly trialDays?: number;
    readonly setupFee?: Amounts;
    /** Of a plan: how many seats the amount is for, and what each beyond them costs. */
    readonly seats?: { readonly included: number; readonly each: Partial<Amounts> };
  };
};

/** One product of the demo shop. Amounts are minor units, tax included. */
export type ShopItem = {
  readonly id: string;
  readonly kind: "membership" | "merchandise" | "credit_pack" | "plan";
  readonly name: Texts;
  readonly summary: Texts;
  readonly description: Texts;
  readonly includes: readonly Texts[];
  readonly art: string;
  /** The pictures of its page: drawings with what they show. */
  readonly pictures?: readonly { readonly art: string; readonly alt: Texts }[];
  readonly category: string;
  readonly taxRateBps: number;
  readonly recommended?: boolean;
  /** Of a credit pack: how many credits it is, and how many days they can be used. */
  readonly creditsPerUnit?: number;
  readonly creditsValidDays?: number;
  /** Of a membership: how many of it one subscription may have; without: one. */
  readonly mostUnits?: number;
  readonly variants: readonly ShopVariant[];
  /** Paid once, for every variant without a price of its own. */
  readonly price?: Amounts;
  /** When it came into the shop; without: when the shop opened. */
  readonly addedDaysAgo?: number;
  readonly earlier?: { readonly steps: readonly EarlierPrice[]; readonly todaySinceDaysAgo: number };
};
