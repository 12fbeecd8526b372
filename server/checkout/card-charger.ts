import type { Currency } from "../kernel/money.ts";

/** One charge of a saved card while its owner is away. The same request under the same key is one charge. */
export type ChargeRequest = {
  readonly idempotencyKey: string;
  readonly checkoutId: string;
  readonly userId: string;
  /** Minor units, tax included. */
  readonly amount: number;
  readonly currency: Currency;
  readonly stripeCustomerId: string;
  readonly cardId: string;
  /** For the buyer's statement of the provider. */
  readonly description: string;
};

/** Charges a card that its owner let us keep. */
export type CardCharger = {
  /** The card that is used first; null where none is kept. */
  findCard(stripeCustomerId: string): Promise<string | null>;
  /** The payment that an earlier sending of a purchase's charge made, at or after an instant; null where there is none. */
  findCharge(sent: {
    readonly checkoutId: string;
    readonly stripeCustomerId: string;
    readonly since: Date;
  }): Promise<string | null>;
  /**
   * Answers the payment, whatever became of it: what holds is asked for afterwards. Throws ProviderError `unknown_outcome`
   * (send the same again), `unavailable` (nothing happened), `rejected` where no payment was even made.
   */
  charge(request: ChargeRequest): Promise<{ readonly paymentExternalId: string }>;
};
