import { invalid, refused, type StripeFault } from "../api/errors.ts";
import { pageOf, sent, slice } from "../api/lists.ts";
import { mergeMetadata } from "../api/metadata.ts";
import { operation, paging } from "../api/operation.ts";
import { flag, later, range, type Values } from "../api/params.ts";
import { activeDiscounts, readDiscounts } from "../coupons/discounts.ts";
import { recordEvent } from "../events/record.ts";
import { inParam, inPath } from "../lookups.ts";
import { cardFault } from "../subscriptions/card-fault.ts";
import { afterPaid, collectFor } from "../subscriptions/standing.ts";
import { readRates } from "../taxes/read-rates.ts";
import { change, create, type Unit } from "../unit.ts";
import type { Invoice } from "../wire.ts";
import { idOf } from "../world.ts";
import { attachParams, attachPayment } from "./attach-payment.ts";
import { parentOf, pendingItems, takeUp } from "./build.ts";
import { watchDueDate } from "./due-date.ts";
import { finalize, markUncollectible, settle, voidInvoice } from "./life.ts";
import { lineOperations } from "./line-operations.ts";
import { itemLine } from "./lines.ts";
import { createParams, listParams, payParams, updateParams } from "./params.ts";
import { previewOperation } from "./preview.ts";
import { previewLines } from "./preview-lines.ts";
import { refreshDraft } from "./refresh-draft.ts";
import { sendOut, termsOf } from "./send.ts";
import { blankInvoice } from "./shape.ts";
import { withLines } from "./totals.ts";

/** A draft that somebody makes by hand: of pending items, for a customer or for a subscription. */
function createInvoice(unit: Unit, params: Values<typeof createParams>): Invoice {
  const { world } = unit;
  const subscription =
    params.subscription === undefined ? undefined : inParam(world.subscriptions, params.subscription, "subscription");
  const customerId = params.customer ?? idOf(subscription?.customer);
  if (customerId === null || customerId === undefined)
    throw invalid("Missing required param: customer.", "customer", "parameter_missing");
  const customer = inParam(world.customers, customerId, "customer");
  const includes = params.pending_invoice_items_behavior === "include" || subscription !== undefined;
  const all = world.invoiceItems.by("pending", customer.id);
  const currency =
    params.currency ??
    subscription?.currency ??
    (includes ? all[0]?.currency : undefined) ??
    customer.currency ??
    "usd";
  const pending = includes ? pendingItems(world, customer.id, subscription?.id ?? null, currency) : [];
  const start = subscription ? Math.min(...subscription.items.data.map((item) => item.current_period_start)) : unit.now;
  const blank = blankInvoice(unit, customer, currency, {
    auto_advance: params.auto_advance ?? false,
    default_payment_method: params.default_payment_method ?? null,
    default_tax_rates:
      readRates(unit, params.default_tax_rates, "default_tax_rates") ?? subscription?.default_tax_rates ?? [],
    ...termsOf(customer, params, unit.now),
    description: params.description ?? null,
    footer: params.footer ?? null,
    metadata: mergeMetadata({}, params.metadata),
    parent: subscription ? parentOf(subscription) : null,
    period_start: start,
  });
  const lines = pending.map((one) => itemLine(blank.id, one));
  const discounts = readDiscounts(unit, params.discounts ?? [], { customer: customer.id, invoice: blank.id });
  const applied = activeDiscounts(world, discounts, unit.now);
  const whole = withLines(world, blank, lines, applied, customer.balance);
  const draft = create(unit, world.invoices, whole, "invoice.created");
  takeUp(unit, pending, draft.id);
  if (draft.auto_advance) {
    const at = unit.now + 3_600;
    world.due.put({ kind: "invoice.finalize", id: draft.id, at });
    return change(unit, world.invoices, draft, { automatically_finalizes_at: at });
  }
  return draft;
}

/** Charges an invoice now, or notes that it was paid elsewhere. */
function payInvoice(unit: Unit, id: string | undefined, params: Values<typeof payParams>): Invoice | StripeFault {
  const { world } = unit;
  const current = inPath(world.invoices, id);
  if (current.status === "paid") throw refused("Invoice is already paid", undefined, "invoice_already_paid");
  if (current.status === "void")
    throw refused("You can only pay open invoices. This invoice is void.", undefined, "invoice_not_open");
  const open = current.status === "draft" ? finalize(unit, current) : current;
  if (params.paid_out_of_band || open.amount_due === 0) {
    const paid = settle(unit, open, undefined);
    afterPaid(unit, paid);
    return paid;
  }
  const method =
    params.payment_method === undefined
      ? undefined
      : inParam(world.paymentMethods, params.payment_method, "payment_method");
  const collected = collectFor(unit, open, { method, offSession: params.off_session ?? false });
  if (collected.outcome === "paid" || collected.outcome === "processing") return collected.invoice;
  const why = collected.outcome === "needs_approval" ? "approval" : (collected.decline ?? "none");
  return cardFault(why);
}

const asItIs = (unit: Unit, invoice: Invoice): Invoice => unit.world.invoices.get(invoice.id) ?? invoice;

/** Whether a day is in a range; one that is not set is in none. */
function within(by: NonNullable<ReturnType<ReturnType<typeof range>["read"]>>, at: number | null): boolean {
  if (at === null) return false;
  return at >= (by.gte ?? 0) && at > (by.gt ?? -1) && at <= (by.lte ?? Infinity) && at < (by.lt ?? Infinity);
}

/** How a draft is to be collected, or when an open invoice is due, when that was sent. */
function readTerms(unit: Unit, current: Invoice, params: Values<typeof updateParams>): Partial<Invoice> {
  const { collection_method, days_until_due, due_date } = params;
  if (collection_method === undefined && days_until_due === undefined && due_date === undefined) return {};
  if (current.status !== "draft" && (collection_method !== undefined || days_until_due !== undefined))
    throw refused("Finalized invoices can't be updated in this way", "collection_method", "invoice_not_editable");
  const customer = inParam(unit.world.customers, idOf(current.customer) ?? "", "customer");
  return termsOf(customer, params, current.created, current);
}

/** Sends an invoice by hand; a draft is opened first. */
function sendInvoice(unit: Unit, current: Invoice): Invoice {
  if (current.collection_method !== "send_invoice")
    throw refused("You can only manually send an invoice if its collection method is 'send_invoice'.");
  if (current.status !== "draft" && current.status !== "open" && current.status !== "paid")
    throw refused(`You cannot send an invoice with status ${current.status}.`);
  const open = current.status === "draft" ? finalize(unit, current) : current;
  sendOut(unit, open);
  if (open.status === "open" && open.amount_due === 0) afterPaid(unit, settle(unit, open, undefined));
  return asItIs(unit, open);
}

function mustBe(invoice: Invoice, status: "draft" | "open", message: string): void {
  if (invoice.status !== status) throw refused(message);
}

export const invoiceOperations = [
  operation("POST", "/v1/invoices", createParams, ({ unit }, params) => createInvoice(unit, params)),
  previewOperation,
  operation(
    "GET",
    "/v1/invoices",
    { ...paging, ...listParams, created: range(), customer_account: later(), due_date: range() },
    ({ unit, url }, params) =>
      pageOf(url, unit.world.invoices, params, {
        where: sent({ subscription: params.subscription, customer: params.customer, status: params.status }),
        created: params.created ?? {},
        matches: (one) =>
          (one.test_clock === null || params.customer !== undefined || params.subscription !== undefined) &&
          (params.collection_method === undefined || one.collection_method === params.collection_method) &&
          (params.due_date === undefined || within(params.due_date, one.due_date)),
      }),
  ),
  operation("GET", "/v1/invoices/:id", {}, ({ unit, ids }) => inPath(unit.world.invoices, ids[0])),
  operation("GET", "/v1/invoices/:id/lines", paging, ({ unit, ids, url }, params) =>
    slice(url, previewLines(unit.world, ids[0] ?? "") ?? inPath(unit.world.invoices, ids[0]).lines.data, params),
  ),
  operation("POST", "/v1/invoices/:id", updateParams, ({ unit, ids }, params) => {
    const current = inPath(unit.world.invoices, ids[0]);
    const terms = readTerms(unit, current, params);
    const rates = readRates(unit, params.default_tax_rates, "default_tax_rates");
    const fixed = (rates && "default_tax_rates") ?? (params.discounts && "discounts");
    if (fixed && current.status !== "draft")
      throw refused("Finalized invoices can't be updated in this way", fixed, "invoice_not_editable");
    const owner = { customer: idOf(current.customer), invoice: current.id };
    const discounts = params.discounts && readDiscounts(unit, params.discounts, owner);
    const changed = change(
      unit,
      unit.world.invoices,
      current,
      {
        ...terms,
        auto_advance: params.auto_advance ?? current.auto_advance,
        default_payment_method:
          params.default_payment_method === undefined ? current.default_payment_method : params.default_payment_method,
        description: params.description === undefined ? current.description : params.description,
        footer: params.footer === undefined ? current.footer : params.footer,
        metadata: mergeMetadata(current.metadata ?? {}, params.metadata),
      },
      "invoice.updated",
    );
    if (changed.status === "open" && terms.due_date !== undefined) watchDueDate(unit, changed);
    if (!rates && !discounts) return changed;
    return refreshDraft(unit, changed, { ...(rates && { usual: rates }), ...(discounts && { discounts }) });
  }),
  operation("DELETE", "/v1/invoices/:id", {}, ({ unit, ids }) => {
    const current = inPath(unit.world.invoices, ids[0]);
    mustBe(current, "draft", "You can only delete draft invoices.");
    for (const item of unit.world.invoiceItems.by("invoice", current.id))
      unit.world.invoiceItems.replace({ ...item, invoice: null });
    unit.world.due.drop("invoice.finalize", current.id);
    unit.world.invoices.delete(current.id);
    recordEvent(unit, "invoice.deleted", current);
    return { id: current.id, object: "invoice", deleted: true };
  }),
  operation("POST", "/v1/invoices/:id/finalize", { auto_advance: flag() }, ({ unit, ids }, params) => {
    const current = inPath(unit.world.invoices, ids[0]);
    mustBe(current, "draft", "This invoice is already finalized, you can't re-finalize a non-draft invoice.");
    const open = finalize(unit, current);
    if (open.amount_due === 0) {
      const paid = settle(unit, open, undefined);
      afterPaid(unit, paid);
      return paid;
    }
    return params.auto_advance === undefined
      ? open
      : change(unit, unit.world.invoices, open, { auto_advance: params.auto_advance });
  }),
  operation("POST", "/v1/invoices/:id/pay", payParams, ({ unit, ids }, params) => payInvoice(unit, ids[0], params)),
  operation("POST", "/v1/invoices/:id/send", {}, ({ unit, ids }) =>
    sendInvoice(unit, inPath(unit.world.invoices, ids[0])),
  ),
  ...lineOperations,
  operation("POST", "/v1/invoices/:id/attach_payment", attachParams, ({ unit, ids }, params) =>
    attachPayment(unit, inPath(unit.world.invoices, ids[0]), params),
  ),
  operation("POST", "/v1/invoices/:id/void", {}, ({ unit, ids }) => {
    const current = inPath(unit.world.invoices, ids[0]);
    if (current.status !== "uncollectible")
      mustBe(current, "open", "You can only pass in open invoices. This invoice isn't open.");
    return voidInvoice(unit, current);
  }),
  operation("POST", "/v1/invoices/:id/mark_uncollectible", {}, ({ unit, ids }) => {
    const current = inPath(unit.world.invoices, ids[0]);
    mustBe(current, "open", "You can only pass in open invoices. This invoice isn't open.");
    const marked = markUncollectible(unit, current);
    afterPaid(unit, marked);
    return marked;
  }),
];
