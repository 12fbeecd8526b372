import type { INTERVALS, TrialWithoutCard } from "../../drizzle/schema/catalog.ts";
import type { OffLine } from "../../drizzle/schema/subscriptions.ts";
import type { PaymentFacts } from "../payments/index.ts";
import type { Discount } from "./discount.ts";
import type { InvoiceStatus } from "./invoice-status.ts";
import type { SubscriptionStatus } from "./subscription-status.ts";

/** A subscription as the provider holds it now. Amounts in minor units per period, currency upper case. */
export type SubscriptionFacts = {
  readonly externalId: string;
  readonly status: SubscriptionStatus;
  readonly livemode: boolean;
  /** Our own id of the checkout that began it, where the provider was told. */
  readonly checkoutId: string | null;
  /** The provider's product that it is a subscription to, and the organization that it says it is for. */
  readonly productExternalId: string | null;
  readonly organizationId: string | null;
  readonly currency: string;
  readonly amount: number;
  /** How many are charged for; of a price for so many seats together how many those are and what each beyond them costs, else null. */
  readonly quantity: number;
  readonly includedSeats: number | null;
  readonly seatAmount: number | null;
  readonly interval: (typeof INTERVALS)[number];
  readonly intervalCount: number;
  readonly currentPeriodStartAt: Date | null;
  readonly currentPeriodEndAt: Date | null;
  readonly cancelAt: Date | null;
  /** Where its cycle is counted from. */
  readonly anchorAt: Date | null;
  /** When it pauses, or did, by a wish of ours; from then on its status is `paused`. */
  readonly pauseAt: Date | null;
  /** When that pause is to end; null: it is open. */
  readonly resumeAt: Date | null;
  /** The provider's id of the price that it renews at. */
  readonly stripePriceId: string | null;
  /** The provider's id of the card that it is charged to; null: there is none. Undefined: that was not looked at. */
  readonly cardId?: string | null;
  /** What tells that card from every other, whoever enters it. Not there: that was not looked at. */
  readonly cardFingerprint?: string;
  /** The provider's id of who is charged. */
  readonly customerExternalId: string | null;
  /** What is kept there for their next bills: negative is theirs, positive is owed. Undefined: that was not looked at. */
  readonly balanceAmount?: number;
  /** What waits for the next invoice from changes in the middle of a period. Undefined: that was not looked at. */
  readonly carriedAmount?: number;
  /** Another price or quantity that waits for its invoice to be paid. */
  readonly pending: {
    readonly stripePriceId: string | null;
    readonly quantity: number;
    readonly expiresAt: Date;
    readonly payUrl: string | null;
  } | null;
  /** The price and quantity that follow when the period ends. Undefined: that was not looked at. */
  readonly scheduled?: {
    readonly changeId: string | null;
    readonly stripePriceId: string | null;
    readonly quantity: number;
    readonly at: Date;
  } | null;
  /** What is taken off its charges; null: nothing. Undefined: that was not looked at. */
  readonly discount?: Discount | null;
  /** Since when that is taken off. */
  readonly discountSince?: Date | null;
  /** Our change that the discount, or its end, comes from. */
  readonly discountChangeId: string | null;
  readonly startedAt: Date | null;
  readonly endedAt: Date | null;
  /** When the trial that it began with is over, or was; null: it had none. */
  readonly trialEndAt: Date | null;
  /** What the end of that trial brings when no card has come by then; null, or not there: it is charged. */
  readonly trialWithoutCard?: TrialWithoutCard | null;
};

/** An invoice as the provider holds it now, with the payment that pays it. */
export type InvoiceFacts = {
  readonly externalId: string;
  readonly number: string | null;
  readonly status: InvoiceStatus;
  /** `subscription_create`, `subscription_cycle` and so on, in the provider's words. */
  readonly reason: string;
  readonly livemode: boolean;
  readonly subscriptionExternalId: string | null;
  /** Our own id of the checkout that began the subscription. */
  readonly checkoutId: string | null;
  readonly currency: string;
  readonly totalAmount: number;
  readonly amountPaid: number;
  /** The lines that money off is taken off, in their order. */
  readonly offLines: readonly OffLine[];
  readonly periodStartAt: Date | null;
  readonly periodEndAt: Date | null;
  readonly nextPaymentAttemptAt: Date | null;
  /** How often it was tried to charge it, and the provider's page where it can be paid and approved. */
  readonly attemptCount: number;
  readonly payUrl: string | null;
  readonly paidAt: Date | null;
  readonly createdAt: Date;
  readonly payment: PaymentFacts | null;
};

/** What memberships need of a provider. Looks throw ProviderError `unavailable` when it cannot be said. */
export type SubscriptionGateway = {
  findSubscription(externalId: string): Promise<SubscriptionFacts | null>;
  findInvoice(externalId: string): Promise<InvoiceFacts | null>;
  /** A subscription with its newest invoice, if it has any, and what pays that: as they stand together. */
  findBilling(externalId: string): Promise<{ subscription: SubscriptionFacts; invoice: InvoiceFacts | null } | null>;
  /** Which invoice a payment pays; null when it pays none. */
  findInvoiceOfPayment(paymentExternalId: string): Promise<string | null>;
  /** Ends a subscription at once: nothing more is charged or asked for, nothing is paid back by it. One that has ended stays so. */
  endNow(externalId: string): Promise<void>;
  /**
   * Takes back what is kept for a payer's next bills, up to `amount` (minor units); answers how much of it was there. Named by `key`, by
   * which it is looked for before anything is taken: asked again it answers the same.
   */
  takeBackCredit(of: { customerExternalId: string; amount: number; currency: string; key: string }): Promise<number>;
};
