import type Stripe from "stripe";
import type { CheckoutGateway, SessionFacts, SessionRequest } from "../../checkout/gateway.ts";
import { ProviderError } from "../../kernel/errors.ts";
import { callStripe, findStripe } from "./client.ts";
import { expanded, idOf, shippingAddress, upper } from "./mapping.ts";
import { readPayment } from "./payments.ts";
import { TRIAL_WITHOUT_CARD } from "./subscription-facts.ts";
import { readInvoice, readSubscription, SUBSCRIPTION_PARTS } from "./subscriptions.ts";

/** Where goods are sent: Sweden first, then the rest of the EU. */
const SHIPPING_COUNTRIES = [
  ...["SE", "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR"],
  ...["HU", "IE", "IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SI", "SK"],
] as const;

/** The parameters of one page. A pure function of the request: sent again they must be the same to the letter. */
export function sessionParams(request: SessionRequest): Stripe.Checkout.SessionCreateParams {
  const { credits } = request;
  const pointer = credits ? { userId: credits.userId, ...(credits.keyId ? { keyId: credits.keyId } : {}) } : {};
  const organization: Record<string, string> = request.organizationId ? { org_id: request.organizationId } : {};
  const metadata = { checkout_id: request.checkoutId, ...pointer, ...organization };
  const keep = credits?.keepCard ? { setup_future_usage: "off_session" as const } : {};
  const buyer = request.stripeCustomerId
    ? { customer: request.stripeCustomerId }
    : {
        ...(request.email ? { customer_email: request.email } : {}),
        ...(request.mode === "payment" ? { customer_creation: "always" as const } : {}),
      };
  return {
    ui_mode: "hosted_page",
    mode: request.mode,
    line_items: request.lines.map((line) => ({ price: line.stripePriceId, quantity: line.quantity })),
    client_reference_id: request.checkoutId,
    metadata,
    ...(request.mode === "payment"
      ? { payment_intent_data: { metadata, ...keep } }
      : {
          subscription_data: { metadata: { ...metadata, ...trialMark(request) }, ...trialParams(request) },
          ...(request.trialWithoutCard ? { payment_method_collection: "if_required" as const } : {}),
        }),
    ...buyer,
    locale: request.locale,
    allowed_payment_method_types: ["card"],
    ...(request.requiresShipping
      ? { shipping_address_collection: { allowed_countries: [...SHIPPING_COUNTRIES] } }
      : {}),
    success_url: request.successUrl,
    cancel_url: request.cancelUrl,
    expires_at: Math.floor(request.expiresAt.getTime() / 1000),
  };
}

function trialParams({ trialDays, trialWithoutCard }: SessionRequest) {
  if (trialDays === 0) return {};
  if (trialWithoutCard === null) return { trial_period_days: trialDays };
  const end_behavior = { missing_payment_method: trialWithoutCard };
  return { trial_period_days: trialDays, trial_settings: { end_behavior } };
}

/** What the provider's own default cannot tell from a trial that asks for a card. */
const trialMark = ({ trialDays, trialWithoutCard }: SessionRequest): Record<string, string> =>
  trialDays > 0 && trialWithoutCard === "create_invoice" ? { [TRIAL_WITHOUT_CARD]: trialWithoutCard } : {};

/** A visitor waits for the page to open: the outcome is called unknown after two tries of this long. */
const OPEN_TIMEOUT_MS = 8_000;

export function stripeCheckout(
  stripe: Stripe,
  options: { livemode: boolean; openTimeoutMs?: number },
): CheckoutGateway {
  const patience = { timeout: options.openTimeoutMs ?? OPEN_TIMEOUT_MS, maxNetworkRetries: 1 };
  return {
    livemode: options.livemode,

    async openSession(request) {
      const { idempotencyKey } = request;
      const session = await callStripe("write", () =>
        stripe.checkout.sessions.create(sessionParams(request), { idempotencyKey, ...patience }),
      );
      // A page that was opened by an earlier sending of this request may have been closed since.
      const url = session.url ?? null;
      if (!url)
        throw new ProviderError("stripe", "rejected", "The payment page is closed.", { code: "session_closed" });
      return { sessionId: session.id, url };
    },

    async findSession(sessionId) {
      // A membership is read whole: whoever is told of it later asks nobody when it was looked at since.
      const membership = SUBSCRIPTION_PARTS.map((part) => `subscription.${part}`);
      const card = "subscription.default_payment_method";
      const expand = ["payment_intent", "subscription", "invoice.payments", card, ...membership];
      const session = await findStripe(() => stripe.checkout.sessions.retrieve(sessionId, { expand }));
      return session && readSession(stripe, session);
    },

    async expireSession(sessionId) {
      try {
        await callStripe("write", () => stripe.checkout.sessions.expire(sessionId));
      } catch (error) {
        if (!(error instanceof ProviderError) || error.reason !== "rejected") throw error;
        const session = await callStripe("read", () => stripe.checkout.sessions.retrieve(sessionId));
        if (session.status === "open") throw error;
      }
    },
  };
}

async function readSession(stripe: Stripe, session: Stripe.Checkout.Session): Promise<SessionFacts> {
  const intent = expanded(session.payment_intent);
  const subscription = expanded(session.subscription);
  const invoice = expanded(session.invoice);
  const buyer = session.customer_details;
  return {
    sessionId: session.id,
    status: (session.status ?? "open") as SessionFacts["status"],
    paymentStatus: session.payment_status as SessionFacts["paymentStatus"],
    livemode: session.livemode,
    checkoutId: session.client_reference_id ?? session.metadata?.checkout_id ?? null,
    pointer: pointerOf(session.metadata),
    organizationId: session.metadata?.org_id ?? null,
    mode: session.mode,
    currency: upper(session.currency),
    totalAmount: session.amount_total ?? 0,
    url: session.url,
    stripeCustomerId: idOf(session.customer),
    email: buyer?.email ?? session.customer_email,
    name: buyer?.name ?? null,
    shippingAddress: shippingAddress(session.collected_information?.shipping_details),
    payment: intent && (await readPayment(stripe, intent)),
    subscription: subscription && (await readSubscription(stripe, subscription)),
    invoice: invoice && (await readInvoice(stripe, invoice)),
  };
}

function pointerOf(metadata: Stripe.Metadata | null): SessionFacts["pointer"] {
  const { userId, keyId } = metadata ?? {};
  return userId === undefined && keyId === undefined ? null : { userId: userId ?? null, keyId: keyId ?? null };
}
