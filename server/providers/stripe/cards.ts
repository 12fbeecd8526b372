import type Stripe from "stripe";
import type { CardGateway } from "../../billing/card-gateway.ts";
import { callStripe, findStripe } from "./client.ts";
import { expanded, idOf, instant } from "./mapping.ts";

/** What tells a page for a card from every other one, and whose it is. */
const CARD_OF = "card_of";
const ENDED: readonly string[] = ["canceled", "incomplete_expired"];

export function stripeCards(stripe: Stripe): CardGateway {
  return {
    async openPage({ stripeSubscriptionId, returnUrl, cancelUrl, locale }) {
      const subscription = await callStripe("read", () => stripe.subscriptions.retrieve(stripeSubscriptionId));
      const customer = idOf(subscription.customer) ?? "";
      const metadata = { [CARD_OF]: stripeSubscriptionId };
      const session = await callStripe("write", () =>
        stripe.checkout.sessions.create({
          ui_mode: "hosted_page",
          mode: "setup",
          customer,
          metadata,
          setup_intent_data: { metadata },
          locale,
          allowed_payment_method_types: ["card"],
          success_url: returnUrl,
          cancel_url: cancelUrl,
        }),
      );
      return { url: session.url ?? cancelUrl };
    },

    async findPage(sessionId) {
      const session = await findStripe(() =>
        stripe.checkout.sessions.retrieve(sessionId, { expand: ["setup_intent"] }),
      );
      const stripeSubscriptionId = session?.metadata?.[CARD_OF];
      const stripeCustomerId = idOf(session?.customer);
      if (session?.mode !== "setup" || !stripeSubscriptionId || stripeCustomerId === null) return null;
      const setup = expanded<Stripe.SetupIntent>(session.setup_intent);
      return {
        stripeSubscriptionId,
        stripeCustomerId,
        openedAt: instant(session.created),
        cardId: setup?.status === "succeeded" ? idOf(setup.payment_method) : null,
      };
    },

    async chargedTo(stripeSubscriptionId) {
      const subscription = await findStripe(() => stripe.subscriptions.retrieve(stripeSubscriptionId));
      if (!subscription || ENDED.includes(subscription.status)) return null;
      return idOf(subscription.default_payment_method);
    },

    async chargeTo({ stripeSubscriptionId, stripeCustomerId, cardId, key }) {
      const subscription = await findStripe(() => stripe.subscriptions.retrieve(stripeSubscriptionId));
      // First: the provider may charge what is overdue when the customer's card changes, and to the membership's own one.
      if (subscription && !ENDED.includes(subscription.status))
        await callStripe("write", () =>
          stripe.subscriptions.update(
            stripeSubscriptionId,
            { default_payment_method: cardId },
            { idempotencyKey: `${key}:subscription` },
          ),
        );
      await callStripe("write", () =>
        stripe.customers.update(
          stripeCustomerId,
          { invoice_settings: { default_payment_method: cardId } },
          { idempotencyKey: `${key}:customer` },
        ),
      );
    },
  };
}
