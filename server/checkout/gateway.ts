import type { TrialWithoutCard } from "../../drizzle/schema/catalog.ts";
import type { CreditPointer } from "../../drizzle/schema/checkout.ts";
import type { ShippingAddress } from "../../drizzle/schema/orders.ts";
import type { PaymentFacts } from "../payments/index.ts";
import type { InvoiceFacts, SubscriptionFacts } from "../subscriptions/index.ts";

/** One call that opens a payment page. The same request under the same key is one page, however often it is sent. */
export type SessionRequest = {
  readonly idempotencyKey: string;
  readonly checkoutId: string;
  readonly mode: "payment" | "subscription";
  readonly lines: readonly { readonly stripePriceId: string; readonly quantity: number }[];
  /** The buyer's own customer at the provider; null makes a new one when they pay. */
  readonly stripeCustomerId: string | null;
  /** The address to fill in for a buyer who is signed in but new to the provider. */
  readonly email: string | null;
  readonly locale: "sv" | "en";
  readonly requiresShipping: boolean;
  /** Days before what renews is charged for the first time; 0: at once. */
  readonly trialDays: number;
  /** What the end of that trial brings when no card has come by then; null: the page asks for one. */
  readonly trialWithoutCard: TrialWithoutCard | null;
  readonly successUrl: string;
  readonly cancelUrl: string;
  readonly expiresAt: Date;
  /** Whom credits are bought for; null where none are. */
  readonly credits: CreditPointer | null;
  /** The organization that a plan is bought for; null for everything else. */
  readonly organizationId: string | null;
};

export type OpenedSession = { readonly sessionId: string; readonly url: string };

/** A payment page as the provider holds it now, with everything that came of it. */
export type SessionFacts = {
  readonly sessionId: string;
  readonly status: "open" | "complete" | "expired";
  readonly paymentStatus: "paid" | "unpaid" | "no_payment_required";
  readonly livemode: boolean;
  /** Our own id, as it was given to the provider. */
  readonly checkoutId: string | null;
  /** Whom it says that credits are for; null where it says nothing of it. */
  readonly pointer: { readonly userId: string | null; readonly keyId: string | null } | null;
  /** Which organization it says that a plan is for; null where it says nothing of one. */
  readonly organizationId: string | null;
  readonly mode: string;
  readonly currency: string;
  readonly totalAmount: number;
  readonly url: string | null;
  readonly stripeCustomerId: string | null;
  readonly email: string | null;
  readonly name: string | null;
  readonly shippingAddress: ShippingAddress | null;
  readonly payment: PaymentFacts | null;
  readonly subscription: SubscriptionFacts | null;
  readonly invoice: InvoiceFacts | null;
};

/** The provider's hosted payment page. */
export type CheckoutGateway = {
  /** Whether this shop's keys move real money. */
  readonly livemode: boolean;
  /** Throws ProviderError: `unavailable` (no page was opened), `unknown_outcome` (send the same again), `rejected` (never will be). */
  openSession(request: SessionRequest): Promise<OpenedSession>;
  findSession(sessionId: string): Promise<SessionFacts | null>;
  /** Closes an open page so that nobody can pay on it. No error when it is not open any more. */
  expireSession(sessionId: string): Promise<void>;
};
