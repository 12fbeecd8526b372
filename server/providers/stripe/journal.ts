import type Stripe from "stripe";
import type { JournalRange, ProviderJournal } from "../../reconciliation/provider-journal.ts";
import { callStripe } from "./client.ts";
import { payoutFacts } from "./payouts.ts";

const PAGE = 100;

/** Stripe's own notes: its events of the last 30 days, every payment and every payout. */
export function stripeJournal(stripe: Stripe): ProviderJournal {
  return {
    async listEvents(range, types) {
      const page = await callStripe("read", () => stripe.events.list({ ...pageOf(range), types: [...types] }));
      const items = page.data.map((event) => ({
        externalId: event.id,
        at: new Date(event.created * 1000),
        body: () => JSON.stringify(event),
      }));
      return { items, more: page.has_more };
    },
    async listPayments(range) {
      const page = await callStripe("read", () => stripe.paymentIntents.list(pageOf(range)));
      const items = page.data.map((intent) => ({
        externalId: intent.id,
        at: new Date(intent.created * 1000),
        paid: intent.status === "succeeded",
      }));
      return { items, more: page.has_more };
    },
    async listPayouts(range) {
      const page = await callStripe("read", () => stripe.payouts.list(pageOf(range)));
      const items = page.data.map((payout) => ({ ...payoutFacts(payout), at: new Date(payout.created * 1000) }));
      return { items, more: page.has_more };
    },
  };
}

function pageOf({ from, to, after }: JournalRange) {
  return {
    limit: PAGE,
    created: { gte: Math.floor(from.getTime() / 1000), lte: Math.floor(to.getTime() / 1000) },
    ...(after === null ? {} : { starting_after: after }),
  };
}
