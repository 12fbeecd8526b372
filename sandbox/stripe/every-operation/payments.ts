import type { Table } from "./stage.ts";

const intent = { amount: 9_900, currency: "sek" } as const;
const never = { enabled: true, allow_redirects: "never" } as const;

/** Checkouts, payments, setups, and what becomes of charges. */
export const ofPayments: Table = {
  "POST /v1/checkout/sessions": (on) => on.session(),
  "GET /v1/checkout/sessions": ({ stripe }) => stripe.checkout.sessions.list({ status: "open" }),
  "GET /v1/checkout/sessions/:id": async (on) =>
    on.stripe.checkout.sessions.retrieve((await on.session()).id, { expand: ["line_items.data.price"] }),
  "POST /v1/checkout/sessions/:id": async (on) =>
    on.stripe.checkout.sessions.update((await on.session()).id, { metadata: { a: "b" } }),
  "GET /v1/checkout/sessions/:id/line_items": async (on) =>
    on.stripe.checkout.sessions.listLineItems((await on.session()).id),
  "POST /v1/checkout/sessions/:id/expire": async (on) => on.stripe.checkout.sessions.expire((await on.session()).id),
  "POST /v1/payment_intents": (on) => on.paid(),
  "GET /v1/payment_intents": ({ stripe }) => stripe.paymentIntents.list({ created: { gte: 1 } }),
  "GET /v1/payment_intents/:id": async (on) =>
    on.stripe.paymentIntents.retrieve((await on.paid()).id, { expand: ["latest_charge.balance_transaction"] }),
  "POST /v1/payment_intents/:id": async ({ stripe }) =>
    stripe.paymentIntents.update((await stripe.paymentIntents.create(intent)).id, { description: "Bok" }),
  "POST /v1/payment_intents/:id/confirm": async ({ stripe }) => {
    const { id } = await stripe.paymentIntents.create({ ...intent, automatic_payment_methods: never });
    return stripe.paymentIntents.confirm(id, { payment_method: "pm_card_visa" });
  },
  "POST /v1/payment_intents/:id/capture": async ({ stripe }) => {
    const { id } = await stripe.paymentIntents.create({
      ...intent,
      capture_method: "manual",
      confirm: true,
      payment_method: "pm_card_visa",
      automatic_payment_methods: never,
    });
    return stripe.paymentIntents.capture(id, { amount_to_capture: 5_000 });
  },
  "POST /v1/payment_intents/:id/increment_authorization": async ({ stripe }) => {
    const { id } = await stripe.paymentIntents.create({
      ...intent,
      capture_method: "manual",
      confirm: true,
      payment_method: "pm_card_visa",
      automatic_payment_methods: never,
      payment_method_options: { card: { request_incremental_authorization: "if_available" } },
    });
    return stripe.paymentIntents.incrementAuthorization(id, { amount: 12_900 });
  },
  "GET /v1/payment_intents/:id/amount_details_line_items": async (on) =>
    on.stripe.paymentIntents.listAmountDetailsLineItems((await on.paid()).id),
  "POST /v1/payment_intents/:id/cancel": async ({ stripe }) =>
    stripe.paymentIntents.cancel((await stripe.paymentIntents.create(intent)).id),
  "POST /v1/charges": ({ stripe }) => stripe.charges.create({ ...intent, source: "tok_visa" }),
  "POST /v1/charges/:id/capture": async ({ stripe }) => {
    const { id } = await stripe.charges.create({ ...intent, source: "tok_visa", capture: false });
    return stripe.charges.capture(id, { amount: 5_000 });
  },
  "GET /v1/charges": async (on) => on.stripe.charges.list({ payment_intent: (await on.paid()).id }),
  "GET /v1/charges/:id": async (on) => on.stripe.charges.retrieve(on.id((await on.paid()).latest_charge)),
  "POST /v1/charges/:id": async (on) =>
    on.stripe.charges.update(on.id((await on.paid()).latest_charge), {
      description: "Bok",
      fraud_details: { user_report: "safe" },
      metadata: { order: "17" },
    }),
  // The client has no name for it any more; it still asks when told the address.
  "GET /v1/charges/:id/refunds": async (on) => {
    const { charge } = await on.stripe.refunds.create({ payment_intent: (await on.paid()).id, amount: 100 });
    return on.stripe.rawRequest("GET", `/v1/charges/${on.id(charge)}/refunds`);
  },
  "GET /v1/balance_transactions": ({ stripe }) => stripe.balanceTransactions.list(),
  "GET /v1/balance_transactions/:id": async (on) => {
    const charge = await on.stripe.charges.retrieve(on.id((await on.paid()).latest_charge));
    return on.stripe.balanceTransactions.retrieve(on.id(charge.balance_transaction));
  },
  "POST /v1/setup_intents": ({ stripe }) => stripe.setupIntents.create({ usage: "off_session" }),
  "GET /v1/setup_intents": ({ stripe }) => stripe.setupIntents.list(),
  "GET /v1/setup_intents/:id": async ({ stripe }) =>
    stripe.setupIntents.retrieve((await stripe.setupIntents.create()).id),
  "POST /v1/setup_intents/:id": async ({ stripe }) =>
    stripe.setupIntents.update((await stripe.setupIntents.create()).id, { description: "Kort" }),
  "POST /v1/setup_intents/:id/confirm": async ({ stripe }) =>
    stripe.setupIntents.confirm((await stripe.setupIntents.create()).id, { payment_method: "pm_card_visa" }),
  "POST /v1/setup_intents/:id/cancel": async ({ stripe }) =>
    stripe.setupIntents.cancel((await stripe.setupIntents.create()).id),
  "POST /v1/refunds": async (on) => on.stripe.refunds.create({ payment_intent: (await on.paid()).id, amount: 100 }),
  "GET /v1/refunds": ({ stripe }) => stripe.refunds.list(),
  "GET /v1/refunds/:id": async (on) =>
    on.stripe.refunds.retrieve((await on.stripe.refunds.create({ payment_intent: (await on.paid()).id })).id),
  "POST /v1/refunds/:id": async (on) => {
    const { id } = await on.stripe.refunds.create({ payment_intent: (await on.paid()).id });
    return on.stripe.refunds.update(id, { metadata: { a: "b" } });
  },
  "POST /v1/refunds/:id/cancel": async (on) =>
    on.stripe.refunds.cancel((await on.stripe.refunds.create({ payment_intent: (await on.paid()).id })).id),
  "GET /v1/payouts": ({ stripe }) =>
    stripe.payouts.list({ status: "paid", created: { gte: 1 }, arrival_date: { gte: 1 } }),
  "GET /v1/payouts/:id": async (on) =>
    on.stripe.payouts.retrieve(await on.payout(), { expand: ["balance_transaction.source"] }),
  "GET /v1/disputes": async (on) => on.stripe.disputes.list({ charge: on.id((await on.disputed()).charge) }),
  "GET /v1/disputes/:id": async (on) => on.stripe.disputes.retrieve((await on.disputed()).id),
  "POST /v1/disputes/:id": async (on) =>
    on.stripe.disputes.update((await on.disputed()).id, { evidence: { uncategorized_text: "winning_evidence" } }),
  "POST /v1/disputes/:id/close": async (on) => on.stripe.disputes.close((await on.disputed()).id),
};
