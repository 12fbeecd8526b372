import type Stripe from "stripe";
import { ProviderError } from "../../kernel/errors.ts";
import { unix } from "./change-preview.ts";
import { callStripe } from "./client.ts";
import { withAllLines } from "./invoice-lines.ts";
import { invoiceFacts } from "./mapping.ts";
import { DISCOUNT_CHANGE } from "./subscription-facts.ts";

type Subscription = Stripe.Subscription;

/** What renews of a subscription; there is one of it. */
export function itemOf(subscription: Subscription): Stripe.SubscriptionItem {
  const [item] = subscription.items.data;
  if (!item) throw new Error(`subscription ${subscription.id} has nothing that renews`);
  return item;
}

export const isRefusal = (error: unknown): error is ProviderError =>
  error instanceof ProviderError && error.reason === "rejected";

/** Whatever comes with the end of a period comes with the one that was told. Answers the subscription while that is ahead of it. */
export function refuseMoved(subscription: Subscription, toldEndAt: Date | null): Subscription {
  if (toldEndAt && itemOf(subscription).current_period_start >= unix(toldEndAt))
    throw new ProviderError("stripe", "rejected", "The period that was told is over.", { code: "end_moved" });
  return subscription;
}

/** The same of money off: `overtaken` where this change itself is taken off since then. */
export function refuseOvertaken(subscription: Subscription, toldEndAt: Date, changeId: string): void {
  try {
    refuseMoved(subscription, toldEndAt);
  } catch (error) {
    if (subscription.metadata[DISCOUNT_CHANGE] !== changeId) throw error;
    throw new ProviderError("stripe", "rejected", "It is taken off since another period began.", { code: "overtaken" });
  }
}

/** Only what renews of it, from the period on that begins at this instant. */
export type Renewals = { readonly since: Date };

/**
 * Asks nobody any more for what is not paid: open invoices, and drafts, which the provider would charge within the hour. What was paid or
 * voided meanwhile is left alone. Every bill is tried before a refusal (one that is just being paid) is thrown.
 */
export async function dropUnpaid(stripe: Stripe, subscription: string, key: string, only?: Renewals): Promise<void> {
  let refusal: ProviderError | null = null;
  for (const status of ["draft", "open"] as const) {
    const found = await callStripe("read", () => stripe.invoices.list({ subscription, status, limit: 100 }));
    for (const bill of found.data) {
      if (only && !(await isOf(stripe, bill, only))) continue;
      try {
        await drop(stripe, bill, key);
      } catch (error) {
        if (!isRefusal(error)) throw error;
        refusal ??= error;
      }
    }
  }
  if (refusal) throw refusal;
}

/**
 * The same before the call that decides, so that nothing stands when that has succeeded and its worker is gone. A bill that cannot be
 * dropped yet keeps nothing from being decided: it is tried, and refused, once more afterwards.
 */
export async function dropAhead(stripe: Stripe, subscription: string, key: string, only?: Renewals): Promise<void> {
  try {
    await dropUnpaid(stripe, subscription, key, only);
  } catch (error) {
    if (!isRefusal(error)) throw error;
  }
}

async function isOf(stripe: Stripe, bill: Stripe.Invoice, { since }: Renewals): Promise<boolean> {
  if (bill.billing_reason !== "subscription_cycle") return false;
  const { periodStartAt: begins } = invoiceFacts(await withAllLines(stripe, bill), null);
  return begins !== null && begins >= since;
}

/** What a refusal says is asked of the bill itself: the provider may have closed it, charged it or given it up in between. */
async function drop(stripe: Stripe, { id, status: listed }: Stripe.Invoice, key: string): Promise<void> {
  const statusNow = async () => (await callStripe("read", () => stripe.invoices.retrieve(id))).status;
  const unlessDone = async (still: Stripe.Invoice.Status, call: () => Promise<unknown>) => {
    try {
      await callStripe("write", call);
    } catch (error) {
      if (!isRefusal(error) || (await statusNow()) === still) throw error;
    }
  };
  if (listed === "draft")
    await unlessDone("draft", () =>
      stripe.invoices.finalizeInvoice(id, { auto_advance: false }, { idempotencyKey: `${key}:close:${id}` }),
    );
  // One that comes to nothing is paid as soon as it is closed.
  const status = listed === "draft" ? await statusNow() : listed;
  if (status === "open")
    await unlessDone("open", () => stripe.invoices.voidInvoice(id, {}, { idempotencyKey: `${key}:void:${id}` }));
}
