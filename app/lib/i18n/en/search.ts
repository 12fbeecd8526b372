import type { search as source } from "../sv/search.ts";
import type { Message } from "../translate.ts";

export const search = {
  "search.title": "Search",
  "search.none": "No matches for “{query}”.",
  "search.hint": "Search by e-mail, name, order number, an id of ours or Stripe's, or the card's last four digits.",
  "search.kind.customer": "Customer",
  "search.kind.order": "Order",
  "search.kind.subscription": "Membership",
  "search.kind.payment": "Payment",
  "search.kind.invoice": "Invoice",
  "search.kind.payout": "Payout",
  "search.kind.webhook_event": "Webhook",
  "search.kind.campaign": "Campaign",
  "search.kind.product": "Product",
  "search.kind.offer": "Offer",
  "search.kind.email": "Mail",
} as const satisfies Record<keyof typeof source, Message>;
