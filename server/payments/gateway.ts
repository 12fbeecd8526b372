import type { PaymentStatus } from "./payment-status.ts";

export type CardFacts = {
  readonly brand: string;
  readonly last4: string;
  readonly expiryMonth: number | null;
  readonly expiryYear: number | null;
};

/** One try at a card, as the provider holds it. */
export type AttemptFacts = {
  readonly externalId: string;
  readonly outcome: "approved" | "declined" | "pending";
  readonly declineCode: string | null;
  /** The provider's own words; for staff only. */
  readonly message: string | null;
  readonly card: CardFacts | null;
  readonly at: Date;
};

/** Money that a provider was asked to move, as it holds it now. Amounts in minor units, currency upper case. */
export type PaymentFacts = {
  readonly externalId: string;
  readonly status: PaymentStatus;
  readonly currency: string;
  readonly amount: number;
  readonly refundedAmount: number;
  /** How many disputes of it have ended in our favour, as far as the provider still says that it was disputed. */
  readonly disputesWon?: number;
  readonly livemode: boolean;
  readonly createdAt: Date;
  readonly paidAt: Date | null;
  /** Our own id of the checkout it belongs to, where the provider was told. */
  readonly checkoutId: string | null;
  /** Why it does not go through, as things stand; null while nothing is wrong. A bank's refusal to approve makes no attempt. */
  readonly failureCode: string | null;
  /** Oldest first. */
  readonly attempts: readonly AttemptFacts[];
};

/** What payments need of a provider. Everything here only reads. */
export type PaymentGateway = {
  /** Null when the provider knows no such payment. Throws ProviderError `unavailable` when it cannot be said. */
  findPayment(externalId: string): Promise<PaymentFacts | null>;
};
