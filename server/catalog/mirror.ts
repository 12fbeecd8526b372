/** A product as the payment provider should show it on its page and receipts. */
export type MirrorProduct = {
  /** Our id, which the provider uses as its own. */
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly active: boolean;
  readonly shippable: boolean;
};

/** A default price as the provider should hold it. `amount` is in minor units, tax included. */
export type MirrorPrice = {
  /** Our id of this price. */
  readonly id: string;
  /** What it is the price of, whatever it costs: stays the same when the amount changes. */
  readonly slot: string;
  readonly productId: string;
  readonly name: string;
  readonly currency: string;
  readonly amount: number;
  readonly interval: "day" | "week" | "month" | "year" | null;
  readonly intervalCount: number | null;
  /** The amount is for so many seats together; each beyond them costs `each`. Null: the amount is for each that is bought. */
  readonly seats: { readonly included: number; readonly each: number } | null;
};

/** One thing that would have to happen at the provider. */
export type MirrorStep = {
  readonly act: "create" | "update" | "archive";
  readonly what: "product" | "price";
  /** Our id, or the provider's of a price that is to be archived. */
  readonly id: string;
  /** What differs, in words. */
  readonly detail: string;
};

/** The provider's copy of the catalogue. Every call can be repeated: it looks first and changes only what differs. */
export type CatalogMirror = {
  /** What the other three would do, in the order in which they would: only looks. */
  compare(catalog: {
    readonly products: readonly MirrorProduct[];
    readonly prices: readonly MirrorPrice[];
    /** The provider's ids of prices that are on sale no longer. */
    readonly retired: readonly string[];
  }): Promise<readonly MirrorStep[]>;
  /** Makes products, or brings them to what is given; answers the provider's ids by ours. */
  putProducts(products: readonly MirrorProduct[]): Promise<ReadonlyMap<string, string>>;
  /**
   * Finds or makes a price for each; one that has changed gets a new price in its slot. Answers the provider's ids by
   * our price ids, and the prices that lost their slot, which are still on sale until they are archived.
   */
  putPrices(
    prices: readonly MirrorPrice[],
  ): Promise<{ readonly ids: ReadonlyMap<string, string>; readonly replaced: readonly string[] }>;
  /** Takes prices out of sale; those that are archived or gone already are left alone. */
  archivePrices(providerPriceIds: readonly string[]): Promise<void>;
};
