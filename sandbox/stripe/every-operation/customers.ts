import type { Table } from "./stage.ts";

/** Customers, what they own, and what they are charged with. */
export const ofCustomers: Table = {
  "POST /v1/customers": (on) => on.customer({ name: "Ada", metadata: { a: "b" } }),
  "GET /v1/customers": ({ stripe }) => stripe.customers.list({ limit: 3 }),
  "GET /v1/customers/:id": async (on) => on.stripe.customers.retrieve((await on.customer()).id),
  "POST /v1/customers/:id": async (on) => on.stripe.customers.update((await on.customer()).id, { name: "Ada" }),
  "DELETE /v1/customers/:id": async (on) => on.stripe.customers.del((await on.customer()).id),
  "POST /v1/customers/:id/balance_transactions": async (on) =>
    on.stripe.customers.createBalanceTransaction((await on.customer()).id, { amount: -100, currency: "sek" }),
  "GET /v1/customers/:id/balance_transactions": async (on) =>
    on.stripe.customers.listBalanceTransactions((await on.customer()).id),
  "GET /v1/customers/:id/balance_transactions/:id": async (on) => {
    const { id } = await on.customer();
    const entry = await on.stripe.customers.createBalanceTransaction(id, { amount: -100, currency: "sek" });
    return on.stripe.customers.retrieveBalanceTransaction(id, entry.id);
  },
  "POST /v1/customers/:id/balance_transactions/:id": async (on) => {
    const { id } = await on.customer();
    const entry = await on.stripe.customers.createBalanceTransaction(id, { amount: -100, currency: "sek" });
    return on.stripe.customers.updateBalanceTransaction(id, entry.id, { description: "Tack" });
  },
  "DELETE /v1/customers/:id/discount": async (on) => on.stripe.customers.deleteDiscount((await on.customer()).id),
  "POST /v1/customers/:id/sources": async (on) =>
    on.stripe.customers.createSource((await on.customer()).id, { source: "tok_visa" }),
  "GET /v1/customers/:id/sources": async (on) =>
    on.stripe.customers.listSources((await on.sourced()).id, { object: "card" }),
  "GET /v1/customers/:id/sources/:id": async (on) => {
    const { id, default_source } = await on.sourced();
    return on.stripe.customers.retrieveSource(id, on.id(default_source));
  },
  "POST /v1/customers/:id/sources/:id": async (on) => {
    const { id, default_source } = await on.sourced();
    return on.stripe.customers.updateSource(id, on.id(default_source), { name: "Ada" });
  },
  "DELETE /v1/customers/:id/sources/:id": async (on) => {
    const { id, default_source } = await on.sourced();
    return on.stripe.customers.deleteSource(id, on.id(default_source));
  },
  "POST /v1/customers/:id/tax_ids": async (on) =>
    on.stripe.customers.createTaxId((await on.customer()).id, { type: "eu_vat", value: "SE123456789123" }),
  "GET /v1/customers/:id/tax_ids": async (on) => on.stripe.customers.listTaxIds((await on.customer()).id),
  "GET /v1/customers/:id/tax_ids/:id": async (on) => {
    const { id } = await on.customer();
    const tax = await on.stripe.customers.createTaxId(id, { type: "eu_vat", value: "SE123456789123" });
    return on.stripe.customers.retrieveTaxId(id, tax.id);
  },
  "DELETE /v1/customers/:id/tax_ids/:id": async (on) => {
    const { id } = await on.customer();
    const tax = await on.stripe.customers.createTaxId(id, { type: "eu_vat", value: "SE123456789123" });
    return on.stripe.customers.deleteTaxId(id, tax.id);
  },
  "POST /v1/tax_ids": ({ stripe }) => stripe.taxIds.create({ type: "eu_vat", value: "SE123456789123" }),
  "GET /v1/tax_ids": ({ stripe }) => stripe.taxIds.list(),
  "GET /v1/tax_ids/:id": async ({ stripe }) => {
    const tax = await stripe.taxIds.create({ type: "eu_vat", value: "SE123456789123" });
    return stripe.taxIds.retrieve(tax.id);
  },
  "DELETE /v1/tax_ids/:id": async ({ stripe }) => {
    const tax = await stripe.taxIds.create({ type: "eu_vat", value: "SE123456789123" });
    return stripe.taxIds.del(tax.id);
  },
  "GET /v1/customers/:id/payment_methods": async (on) =>
    on.stripe.customers.listPaymentMethods((await on.buyer()).id, { type: "card" }),
  "GET /v1/customers/:id/payment_methods/:id": async (on) => {
    const { id } = await on.customer();
    return on.stripe.customers.retrievePaymentMethod(id, (await on.card(id)).id);
  },
  "POST /v1/payment_methods": ({ stripe }) =>
    stripe.paymentMethods.create({ type: "sepa_debit", sepa_debit: { iban: "DE89370400440532013000" } }),
  "GET /v1/payment_methods": async (on) => on.stripe.paymentMethods.list({ customer: (await on.buyer()).id }),
  "GET /v1/payment_methods/:id": async (on) =>
    on.stripe.paymentMethods.retrieve((await on.card((await on.customer()).id)).id),
  "POST /v1/payment_methods/:id": async (on) =>
    on.stripe.paymentMethods.update((await on.card((await on.customer()).id)).id, { metadata: { a: "b" } }),
  "POST /v1/payment_methods/:id/attach": async (on) => on.card((await on.customer()).id),
  "POST /v1/payment_methods/:id/detach": async (on) =>
    on.stripe.paymentMethods.detach((await on.card((await on.customer()).id)).id),
};
