/** An event as the provider lists it. */
export type ListedEvent = { readonly externalId: string; body(): string };

/** Takes in what the provider notes about itself and never told us; with rights that a use case's own context does not have. */
export type FoundEvents = {
  /** Answers how many of them were news: each was stored once, with its job. */
  takeIn(listed: readonly ListedEvent[]): Promise<number>;
};
