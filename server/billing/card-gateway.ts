/** A page of the provider's on which a card is entered, as it holds it now. */
export type CardPage = {
  /** The membership that it was opened for. */
  readonly stripeSubscriptionId: string;
  readonly stripeCustomerId: string;
  /** When it was opened: of two pages the later one counts. */
  readonly openedAt: Date;
  /** The card that was entered; null: none has been. */
  readonly cardId: string | null;
};

/** The card that a membership is charged to, at the provider. Throws ProviderError. */
export type CardGateway = {
  /** Opens a page on which a card is entered for a membership: nothing is charged there and nothing else is seen. */
  openPage(wish: {
    readonly stripeSubscriptionId: string;
    readonly returnUrl: string;
    readonly cancelUrl: string;
    readonly locale: "sv" | "en";
  }): Promise<{ readonly url: string }>;
  /** Null: it is no page that was opened for a card. */
  findPage(sessionId: string): Promise<CardPage | null>;
  /** The card that the membership is charged to now; null: none of its own, or it has ended. */
  chargedTo(stripeSubscriptionId: string): Promise<string | null>;
  /** From now on the membership, and what its payer buys later, is charged to this card. One that has ended is left alone. */
  chargeTo(call: {
    readonly stripeSubscriptionId: string;
    readonly stripeCustomerId: string;
    readonly cardId: string;
    readonly key: string;
  }): Promise<void>;
};
