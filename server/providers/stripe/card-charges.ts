import Stripe from "stripe";
import type { CardCharger } from "../../checkout/card-charger.ts";
import { callStripe } from "./client.ts";
import { idOf } from "./mapping.ts";

/** How far the provider's clock may be behind ours. */
const CLOCKS_APART_SECONDS = 3600;

export function stripeCardCharger(stripe: Stripe): CardCharger {
  return {
    async findCard(customer) {
      const owner = await callStripe("read", () => stripe.customers.retrieve(customer));
      const usual = owner.deleted ? null : idOf(owner.invoice_settings.default_payment_method);
      if (usual) return usual;
      const kept = await callStripe("read", () => stripe.paymentMethods.list({ customer, type: "card", limit: 1 }));
      return kept.data[0]?.id ?? null;
    },

    async findCharge({ checkoutId, stripeCustomerId: customer, since }) {
      const created = { gte: Math.floor(since.getTime() / 1000) - CLOCKS_APART_SECONDS };
      return callStripe("read", async () => {
        for await (const made of stripe.paymentIntents.list({ customer, created, limit: 100 }))
          if (made.metadata.checkout_id === checkoutId) return made.id;
        return null;
      });
    },

    async charge(request) {
      const { idempotencyKey, amount, currency, description } = request;
      const metadata = { checkout_id: request.checkoutId, userId: request.userId };
      return callStripe("write", async () => {
        try {
          const intent = await stripe.paymentIntents.create(
            {
              ...{ amount, currency: currency.toLowerCase(), description, metadata },
              ...{ customer: request.stripeCustomerId, payment_method: request.cardId },
              ...{ off_session: true, confirm: true, allowed_payment_method_types: ["card"] },
            },
            { idempotencyKey },
          );
          return { paymentExternalId: intent.id };
        } catch (error) {
          // A card that is refused has a payment all the same, which says why.
          const refused = error instanceof Stripe.errors.StripeCardError ? error.payment_intent : undefined;
          if (refused) return { paymentExternalId: refused.id };
          throw error;
        }
      });
    },
  };
}
