/** Finding anything in the back office by whatever is known of it. */
export const search = {
  "search.title": "Sök",
  "search.none": "Inga träffar för ”{query}”.",
  "search.hint": "Sök på e-post, namn, ordernummer, ett id från oss eller Stripe, eller kortets fyra sista siffror.",
  "search.kind.customer": "Kund",
  "search.kind.order": "Order",
  "search.kind.subscription": "Medlemskap",
  "search.kind.payment": "Betalning",
  "search.kind.invoice": "Faktura",
  "search.kind.payout": "Utbetalning",
  "search.kind.webhook_event": "Webhook",
  "search.kind.campaign": "Kampanj",
  "search.kind.product": "Produkt",
  "search.kind.offer": "Erbjudande",
  "search.kind.email": "Mejl",
} as const;
