import type { Currency } from "../kernel/money.ts";

export type Side = "debit" | "credit";

/**
 * Every kind of account there is. `side`: on which side it grows. `guarded`: it may never go below zero, so it has a
 * balance row that each posting locks; the others are sums, or they would be one hot row for the whole shop.
 */
export const ACCOUNT_KINDS = {
  /** Money that a payment provider holds for us. */
  provider: { side: "debit", guarded: false, says: "Money a payment provider holds for us" },
  /** What was sold, tax taken off. */
  sales: { side: "credit", guarded: false, says: "Sales without tax, refunds taken off" },
  /** Tax that was collected and has to be handed on. */
  vat: { side: "credit", guarded: false, says: "Value-added tax to be handed on" },
  /** Money taken for credits that are not used yet, tax taken off: we owe the service. */
  deferred: { side: "credit", guarded: false, says: "Money taken for credits that are not used yet" },
  /** Credits that were bought and may still be spent. */
  liability_paid: { side: "credit", guarded: true, says: "Bought credits that a customer may spend" },
  /** Credits that were given and may still be spent. */
  liability_promo: { side: "credit", guarded: true, says: "Given credits that a customer may spend" },
  /** Credits that were used without being there: the customer's next grants settle them. */
  receivable: { side: "debit", guarded: true, says: "Credits that a customer owes" },
  /** Credits that were ever handed out; the other side of every grant. */
  issued: { side: "debit", guarded: false, says: "Credits handed out" },
  /** Credits that were used. */
  revenue: { side: "credit", guarded: false, says: "Credits used" },
  /** Credits that ran out unused, and the money that was taken for them. */
  breakage: { side: "credit", guarded: false, says: "What ran out unused" },
} as const satisfies Record<string, { side: Side; guarded: boolean; says: string }>;
export type AccountKind = keyof typeof ACCOUNT_KINDS;

/** An account by what it is; it exists as soon as something is posted to it. */
export type Account = {
  readonly id: string;
  readonly kind: AccountKind;
  readonly currency: string;
  readonly ownerId: string | null;
};

/** `provider:stripe:SEK`: what a provider holds for us in a currency. */
export function providerAccount(provider: string, currency: Currency): Account {
  return { id: `provider:${provider}:${currency}`, kind: "provider", currency, ownerId: null };
}

/** `sales:SEK`: what was sold in a currency, tax taken off. */
export function salesAccount(currency: Currency): Account {
  return { id: `sales:${currency}`, kind: "sales", currency, ownerId: null };
}

/** `vat:SEK:2500`: tax collected at a rate (basis points), since each rate is reported by itself. */
export function vatAccount(currency: Currency, rateBps: number): Account {
  return { id: `vat:${currency}:${rateBps}`, kind: "vat", currency, ownerId: null };
}

/** The unit of credits: whole ones. */
export const CREDIT = "CREDIT";

/** `liability_paid:cus_…`, `liability_promo:cus_…`: the bought and the given credits of a customer; never below zero. */
export function liabilityAccount(basis: "paid" | "promo", customerId: string): Account {
  return { id: `liability_${basis}:${customerId}`, kind: `liability_${basis}`, currency: CREDIT, ownerId: customerId };
}

/** `receivable:cus_…`: the credits that a customer owes; never below zero. */
export function receivableAccount(customerId: string): Account {
  return { id: `receivable:${customerId}`, kind: "receivable", currency: CREDIT, ownerId: customerId };
}

/** `issued:CREDIT`, `revenue:CREDIT`, `breakage:CREDIT`: where credits come from and go to. */
export function creditsAccount(kind: "issued" | "revenue" | "breakage"): Account {
  return { id: `${kind}:${CREDIT}`, kind, currency: CREDIT, ownerId: null };
}

/** `deferred:USD`: money taken for credits not used yet. `breakage:USD`: money taken for credits that ran out unused. */
export function creditMoneyAccount(kind: "deferred" | "breakage", currency: Currency): Account {
  return { id: `${kind}:${currency}`, kind, currency, ownerId: null };
}
