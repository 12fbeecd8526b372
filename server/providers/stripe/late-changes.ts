import type Stripe from "stripe";
import { ProviderError } from "../../kernel/errors.ts";
import { unix } from "./change-preview.ts";
import { callStripe } from "./client.ts";

type Subscription = Stripe.Subscription;

/** What renews of a subscription; there is one of it. */
export function itemOf(subscription: Subscription): Stripe.SubscriptionItem {
  const [item] = subscription.items.data;
  if (!item) throw new Error(`subscription ${subscription.id} has nothing that renews`);
  return item;
}

/** Whatever comes with the end of a period comes with the one that was told. Answers the subscription while that is ahead of it. */
export function refuseMoved(subscription: Subscription, toldEndAt: Date | null): Subscription {
  if (toldEndAt && itemOf(subscription).current_period_start >= unix(toldEndAt))
    throw new ProviderError("stripe", "rejected", "The period that was told is over.", { code: "end_moved" });
  return subscription;
}

/**
 * Asks nobody any more for what is not paid: open invoices, and drafts, which the provider would charge within the hour. `reason`:
 * of this kind alone. What was paid or voided meanwhile is left alone.
 */
export async function dropUnpaid(
  stripe: Stripe,
  subscription: string,
  key: string,
  reason?: Stripe.Invoice.BillingReason,
): Promise<void> {
  for (const status of ["draft", "open"] as const) {
    const found = await callStripe("read", () => stripe.invoices.list({ subscription, status, limit: 100 }));
    for (const { id, billing_reason: why } of found.data) {
      if (reason !== undefined && why !== reason) continue;
      if (status === "draft")
        await callStripe("write", () =>
          stripe.invoices.finalizeInvoice(id, { auto_advance: false }, { idempotencyKey: `${key}:close:${id}` }),
        );
      // One that comes to nothing is paid as soon as it is closed.
      const now = status === "draft" ? await callStripe("read", () => stripe.invoices.retrieve(id)) : { status };
      if (now.status === "open")
        await callStripe("write", () => stripe.invoices.voidInvoice(id, {}, { idempotencyKey: `${key}:void:${id}` }));
    }
  }
}
