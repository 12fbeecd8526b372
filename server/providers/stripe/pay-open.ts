import type Stripe from "stripe";
import { ProviderError } from "../../kernel/errors.ts";
import type { ChangeGateway } from "../../subscriptions/change-gateway.ts";
import { callStripe } from "./client.ts";

type Bills = Parameters<ChangeGateway["payOpen"]>[0];

/** Pays every open bill of a subscription, the oldest first and the named one last; what is paid by then is left alone. Throws ProviderError. */
export async function payOpen(stripe: Stripe, { externalId, stripeInvoiceId, key }: Bills): Promise<void> {
  const open = await callStripe("read", () =>
    stripe.invoices.list({ subscription: externalId, status: "open", limit: 100 }),
  );
  // The one that was asked for may have been paid since; asked again, its own answer says so.
  const older = open.data.map(({ id }) => id).filter((id) => id !== stripeInvoiceId);
  const pay = (id: string) =>
    callStripe("write", () => stripe.invoices.pay(id, {}, { idempotencyKey: `${key}:pay:${id}` }));
  for (const id of older.toReversed()) {
    try {
      await pay(id);
    } catch (error) {
      if (!(error instanceof ProviderError) || error.reason !== "rejected") throw error;
      // The provider's own try may have been faster.
      const now = await callStripe("read", () => stripe.invoices.retrieve(id));
      if (now.status === "open") throw error;
    }
  }
  await pay(stripeInvoiceId);
}
