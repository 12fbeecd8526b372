/** The provider's own pages where a customer sees bills and changes card and subscription. */
export type BillingPortal = {
  /** A page for one visit; nothing is changed by opening it. Throws ProviderError. */
  open(wish: {
    readonly stripeCustomerId: string;
    readonly returnUrl: string;
    readonly locale: "sv" | "en";
  }): Promise<{ readonly url: string }>;
};
