import type Stripe from "stripe";
import type { BillingPortal } from "../../checkout/billing-portal.ts";
import { callStripe } from "./client.ts";

export function stripeBillingPortal(stripe: Stripe): BillingPortal {
  return {
    async open({ stripeCustomerId, returnUrl, locale }) {
      const { url } = await callStripe("write", () =>
        stripe.billingPortal.sessions.create({ customer: stripeCustomerId, return_url: returnUrl, locale }),
      );
      return { url };
    },
  };
}
