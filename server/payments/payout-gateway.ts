import type { PayoutStatus } from "./payout-status.ts";

/** A payout as the provider holds it now. Amount in minor units, currency upper case. */
export type PayoutFacts = {
  readonly externalId: string;
  readonly status: PayoutStatus;
  readonly amount: number;
  readonly currency: string;
  readonly arrivalAt: Date;
  readonly failureCode: string | null;
  /** The provider's own words for why. */
  readonly failureMessage: string | null;
  readonly createdAt: Date;
};

/** Asks after what goes to the shop's bank. Reads only; throws ProviderError `unavailable` when it cannot be said. */
export type PayoutGateway = {
  /** Null when the provider knows no such payout. */
  findPayout(externalId: string): Promise<PayoutFacts | null>;
};
