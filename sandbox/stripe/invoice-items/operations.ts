import { refused } from "../api/errors.ts";
import { pageOf, sent } from "../api/lists.ts";
import { operation, paging } from "../api/operation.ts";
import { allLater, currency, decimal, flag, range, required, text } from "../api/params.ts";
import { recordEvent } from "../events/record.ts";
import { refreshDraft } from "../invoices/refresh-draft.ts";
import { inParam, inPath } from "../lookups.ts";
import type { Unit } from "../unit.ts";
import type { Invoice, InvoiceItem } from "../wire.ts";
import { idOf } from "../world.ts";
import { changeItem, makeItem } from "./make.ts";
import { itemParams } from "./params.ts";
import { saidItem } from "./shape.ts";

const notYet = allLater("quantity_decimal", "tax_behavior", "tax_code");

/** The draft that an item stands on; none while it waits. */
function draftOf(unit: Unit, item: InvoiceItem, message: string): Invoice | undefined {
  const invoice = unit.world.invoices.get(idOf(item.invoice) ?? "");
  if (invoice && invoice.status !== "draft") throw refused(message, undefined, "invoice_not_editable");
  return invoice;
}

export const invoiceItemOperations = [
  operation(
    "POST",
    "/v1/invoiceitems",
    {
      ...notYet,
      ...allLater("customer_account"),
      ...itemParams,
      currency: currency(),
      customer: required(text()),
      invoice: text(),
      subscription: text(),
      unit_amount_decimal: decimal(),
    },
    ({ unit }, params) => {
      const { world } = unit;
      const customer = inParam(world.customers, params.customer, "customer");
      const invoice = params.invoice === undefined ? undefined : inParam(world.invoices, params.invoice, "invoice");
      if (invoice && invoice.status !== "draft")
        throw refused(
          "The invoice is already finalized, you can't add items to it.",
          "invoice",
          "invoice_not_editable",
        );
      const subscription =
        params.subscription === undefined
          ? undefined
          : inParam(world.subscriptions, params.subscription, "subscription");
      const { subscription: _named, ...own } = params;
      const item = makeItem(
        unit,
        customer,
        invoice,
        own,
        subscription ? { subscription_details: { subscription: subscription.id }, type: "subscription_details" } : null,
      );
      if (invoice) refreshDraft(unit, invoice);
      return saidItem(item);
    },
  ),
  operation(
    "GET",
    "/v1/invoiceitems",
    {
      ...paging,
      ...allLater("customer_account"),
      created: range(),
      customer: text(),
      invoice: text(),
      pending: flag(),
    },
    ({ unit, url }, params) => {
      const page = pageOf(url, unit.world.invoiceItems, params, {
        where: sent({ customer: params.customer, invoice: params.invoice }),
        created: params.created ?? {},
        matches: (one) => params.pending === undefined || (one.invoice === null) === params.pending,
      });
      return { ...page, data: page.data.map(saidItem) };
    },
  ),
  operation("GET", "/v1/invoiceitems/:id", {}, ({ unit, ids }) => saidItem(inPath(unit.world.invoiceItems, ids[0]))),
  operation(
    "POST",
    "/v1/invoiceitems/:id",
    {
      ...notYet,
      ...allLater("invoicing_rules"),
      ...itemParams,
      unit_amount_decimal: decimal(),
    },
    ({ unit, ids }, params) => {
      const current = inPath(unit.world.invoiceItems, ids[0]);
      const refusal = "This invoice item is attached to a finalized invoice and cannot be changed.";
      const invoice = draftOf(unit, current, refusal);
      const changed = changeItem(unit, current, params);
      if (invoice) refreshDraft(unit, invoice);
      return saidItem(changed);
    },
  ),
  operation("DELETE", "/v1/invoiceitems/:id", {}, ({ unit, ids }) => {
    const current = inPath(unit.world.invoiceItems, ids[0]);
    const refusal = "You can only delete invoice items that are not attached to a finalized invoice.";
    const invoice = draftOf(unit, current, refusal);
    unit.world.invoiceItems.delete(current.id);
    recordEvent(unit, "invoiceitem.deleted", saidItem(current));
    if (invoice) refreshDraft(unit, invoice);
    return { id: current.id, object: "invoiceitem", deleted: true };
  }),
];
