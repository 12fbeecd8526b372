import type Stripe from "stripe";
import { type BillingStory, billingStory } from "../billing/test-story.ts";

export interface PortalStory {
  story: BillingStory;
  subscription: Stripe.Subscription;
  /** A session of the subscription's customer. */
  open(params?: Partial<Stripe.BillingPortal.SessionCreateParams>): Promise<Stripe.BillingPortal.Session>;
  reload(): Promise<Stripe.Subscription>;
}

/** A member since 1 April 2027, on the way into the portal. */
export async function portalStory(): Promise<PortalStory> {
  const story = await billingStory();
  await story.goTo("2027-04-01T00:00:00Z");
  const subscription = await story.subscribe({ items: [{ price: "price_TEST123" }] });
  return {
    story,
    subscription,
    open: async (params = {}) =>
      story.stripe.billingPortal.sessions.create({
        customer: subscription.customer as string,
        return_url: "http://shop.test/account",
        ...params,
      }),
    reload: () => story.stripe.subscriptions.retrieve(subscription.id),
  };
}

/** A page of the portal as a visitor sees it. */
export async function pageAt(url: string, language = "en"): Promise<string> {
  return (await fetch(url, { headers: { "Accept-Language": language } })).text();
}
