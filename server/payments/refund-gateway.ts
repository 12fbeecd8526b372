import type { RefundStatus } from "./refund-status.ts";

/** A refund as the provider holds it now. Amount in minor units, currency upper case. */
export type RefundFacts = {
  readonly externalId: string;
  /** Our own id, where it was made by us. */
  readonly refundId: string | null;
  readonly status: Extract<RefundStatus, "processing" | "succeeded" | "failed">;
  readonly amount: number;
  readonly currency: string;
  readonly failureCode: string | null;
  /** The provider's word for why it was made. */
  readonly reason: string | null;
  readonly createdAt: Date;
};

/** What is asked for: `refundId` travels along and is the idempotency key. */
export type RefundOrder = {
  readonly refundId: string;
  readonly paymentExternalId: string;
  readonly amount: number;
};

/** What paying back needs of a provider. */
export type RefundGateway = {
  /**
   * Moves money back. The same `refundId` never moves it twice. Throws ProviderError: `rejected` with the provider's code,
   * `unavailable` when surely nothing happened, `unknown_outcome` when it may have.
   */
  createRefund(order: RefundOrder): Promise<void>;
  /** Every refund of a payment. Only reads; throws ProviderError `unavailable` when it cannot be said. */
  listRefunds(paymentExternalId: string): Promise<readonly RefundFacts[]>;
};
