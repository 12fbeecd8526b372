/** Takes in what the provider notes about itself and never told us; with rights that a use case's own context does not have. */
export type FoundEvents = {
  /** Bodies as the provider lists them. Answers how many of them were news: each was stored once, with its job. */
  takeIn(bodies: readonly string[]): Promise<number>;
};
