import type { Table } from "./stage.ts";

/** Subscriptions and their schedules. */
export const ofSubscriptions: Table = {
  "POST /v1/subscriptions": (on) => on.subscription(),
  "GET /v1/subscriptions": ({ stripe }) => stripe.subscriptions.list({ status: "all" }),
  "GET /v1/subscriptions/:id": async (on) =>
    on.stripe.subscriptions.retrieve((await on.subscription()).id, { expand: ["latest_invoice.payments"] }),
  "POST /v1/subscriptions/:id": async (on) =>
    on.stripe.subscriptions.update((await on.subscription()).id, { cancel_at_period_end: true }),
  "DELETE /v1/subscriptions/:id": async (on) =>
    on.stripe.subscriptions.cancel((await on.subscription()).id, { prorate: true, invoice_now: true }),
  "DELETE /v1/subscriptions/:id/discount": async (on) => {
    const coupon = await on.stripe.coupons.create({ percent_off: 10, duration: "forever" });
    const { id } = await on.stripe.subscriptions.update((await on.subscription()).id, {
      discounts: [{ coupon: coupon.id }],
    });
    return on.stripe.subscriptions.deleteDiscount(id);
  },
  "POST /v1/subscriptions/:id/migrate": async (on) =>
    on.stripe.subscriptions.migrate((await on.subscription()).id, { billing_mode: { type: "flexible" } }),
  "POST /v1/subscriptions/:id/pause": async (on) =>
    on.stripe.subscriptions.pause((await on.subscription()).id, { type: "subscription" }),
  "POST /v1/subscriptions/:id/resume": async (on) => {
    const { id } = await on.stripe.subscriptions.pause((await on.subscription()).id, { type: "subscription" });
    return on.stripe.subscriptions.resume(id, { billing_cycle_anchor: { type: "now" } });
  },
  "GET /v1/subscription_items": async (on) =>
    on.stripe.subscriptionItems.list({ subscription: (await on.subscription()).id }),
  "GET /v1/subscription_items/:id": async (on) =>
    on.stripe.subscriptionItems.retrieve(on.id((await on.subscription()).items.data[0])),
  "POST /v1/subscription_items": async (on) => {
    const price = await on.monthly(4_900);
    return on.stripe.subscriptionItems.create({ subscription: (await on.subscription()).id, price: price.id });
  },
  "POST /v1/subscription_items/:id": async (on) =>
    on.stripe.subscriptionItems.update(on.id((await on.subscription()).items.data[0]), { quantity: 2 }),
  "DELETE /v1/subscription_items/:id": async (on) => {
    const price = await on.monthly(4_900);
    const subscription = (await on.subscription()).id;
    const { id } = await on.stripe.subscriptionItems.create({ subscription, price: price.id });
    return on.stripe.subscriptionItems.del(id);
  },
  "POST /v1/subscription_schedules": (on) => on.schedule(),
  "GET /v1/subscription_schedules": ({ stripe }) => stripe.subscriptionSchedules.list(),
  "GET /v1/subscription_schedules/:id": async (on) =>
    on.stripe.subscriptionSchedules.retrieve((await on.schedule()).id),
  "POST /v1/subscription_schedules/:id": async (on) =>
    on.stripe.subscriptionSchedules.update((await on.schedule()).id, { end_behavior: "cancel" }),
  "POST /v1/subscription_schedules/:id/cancel": async (on) =>
    on.stripe.subscriptionSchedules.cancel((await on.schedule()).id),
  "POST /v1/subscription_schedules/:id/release": async (on) =>
    on.stripe.subscriptionSchedules.release((await on.schedule()).id),
};

/** Invoices, what stands on them and what pays them. */
export const ofInvoices: Table = {
  "POST /v1/invoices": (on) => on.draft(),
  "POST /v1/invoices/create_preview": async (on) =>
    on.stripe.invoices.createPreview({ subscription: (await on.subscription()).id }),
  "GET /v1/invoices": ({ stripe }) => stripe.invoices.list({ status: "paid" }),
  "GET /v1/invoices/:id": async (on) => on.stripe.invoices.retrieve((await on.draft()).id, { expand: ["payments"] }),
  "GET /v1/invoices/:id/lines": async (on) => on.stripe.invoices.listLineItems((await on.draft()).id),
  "POST /v1/invoices/:id": async (on) => on.stripe.invoices.update((await on.draft()).id, { description: "Tack" }),
  "DELETE /v1/invoices/:id": async (on) => on.stripe.invoices.del((await on.draft()).id),
  "POST /v1/invoices/:id/add_lines": async (on) =>
    on.stripe.invoices.addLines((await on.draft()).id, { lines: [{ amount: 4_900, description: "Frakt" }] }),
  "POST /v1/invoices/:id/update_lines": async (on) => {
    const { id, lines } = await on.draft();
    return on.stripe.invoices.updateLines(id, { lines: [{ id: on.id(lines.data[0]), amount: 4_900 }] });
  },
  "POST /v1/invoices/:id/remove_lines": async (on) => {
    const { id, lines } = await on.draft();
    return on.stripe.invoices.removeLines(id, { lines: [{ id: on.id(lines.data[0]), behavior: "unassign" }] });
  },
  "POST /v1/invoices/:id/lines/:id": async (on) => {
    const { id, lines } = await on.draft();
    return on.stripe.invoices.updateLineItem(id, on.id(lines.data[0]), { description: "Tack" });
  },
  "POST /v1/invoices/:id/attach_payment": async (on) => {
    const invoice = await on.open();
    const intent = { amount: invoice.amount_due, currency: "sek", customer: on.id(invoice.customer) };
    const { id } = await on.stripe.paymentIntents.create(intent);
    return on.stripe.invoices.attachPayment(invoice.id, { payment_intent: id });
  },
  "POST /v1/invoices/:id/finalize": (on) => on.open(),
  "POST /v1/invoices/:id/pay": async (on) => on.stripe.invoices.pay((await on.open()).id),
  "POST /v1/invoices/:id/send": async (on) => on.stripe.invoices.sendInvoice((await on.letter()).id),
  "POST /v1/invoices/:id/void": async (on) => on.stripe.invoices.voidInvoice((await on.open()).id),
  "POST /v1/invoices/:id/mark_uncollectible": async (on) => on.stripe.invoices.markUncollectible((await on.open()).id),
  "POST /v1/invoiceitems": async (on) =>
    on.stripe.invoiceItems.create({ customer: (await on.customer()).id, amount: 100, currency: "sek" }),
  "GET /v1/invoiceitems": ({ stripe }) => stripe.invoiceItems.list({ pending: true }),
  "GET /v1/invoiceitems/:id": async (on) => {
    const customer = (await on.customer()).id;
    const item = await on.stripe.invoiceItems.create({ customer, amount: 100, currency: "sek" });
    return on.stripe.invoiceItems.retrieve(item.id);
  },
  "POST /v1/invoiceitems/:id": async (on) => {
    const customer = (await on.customer()).id;
    const item = await on.stripe.invoiceItems.create({ customer, amount: 100, currency: "sek" });
    return on.stripe.invoiceItems.update(item.id, { amount: 200 });
  },
  "DELETE /v1/invoiceitems/:id": async (on) => {
    const customer = (await on.customer()).id;
    const item = await on.stripe.invoiceItems.create({ customer, amount: 100, currency: "sek" });
    return on.stripe.invoiceItems.del(item.id);
  },
  "POST /v1/credit_notes": (on) => on.creditNote(),
  "GET /v1/credit_notes": ({ stripe }) => stripe.creditNotes.list(),
  "GET /v1/credit_notes/:id": async (on) =>
    on.stripe.creditNotes.retrieve((await on.creditNote()).id, { expand: ["invoice"] }),
  "GET /v1/credit_notes/:id/lines": async (on) => on.stripe.creditNotes.listLineItems((await on.creditNote()).id),
  "GET /v1/credit_notes/preview": async (on) =>
    on.stripe.creditNotes.preview({ invoice: (await on.open()).id, amount: 500 }),
  "GET /v1/credit_notes/preview/lines": async (on) =>
    on.stripe.creditNotes.listPreviewLineItems({ invoice: (await on.open()).id, amount: 500 }),
  "POST /v1/credit_notes/:id": async (on) => on.stripe.creditNotes.update((await on.creditNote()).id, { memo: "Tack" }),
  "POST /v1/credit_notes/:id/void": async (on) => on.stripe.creditNotes.voidCreditNote((await on.creditNote()).id),
  "GET /v1/invoice_payments": async (on) =>
    on.stripe.invoicePayments.list({ invoice: on.id((await on.subscription()).latest_invoice) }),
  "GET /v1/invoice_payments/:id": async (on) => {
    const invoice = on.id((await on.subscription()).latest_invoice);
    const [payment] = (await on.stripe.invoicePayments.list({ invoice })).data;
    return on.stripe.invoicePayments.retrieve(on.id(payment));
  },
};
