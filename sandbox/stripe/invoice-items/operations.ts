import { invalid, refused } from "../api/errors.ts";
import { pageOf, sent } from "../api/lists.ts";
import { operation, paging } from "../api/operation.ts";
import {
  allLater,
  currency,
  decimal,
  flag,
  hash,
  integer,
  mergeMetadata,
  metadata,
  range,
  required,
  text,
} from "../api/params.ts";
import { recordEvent } from "../events/record.ts";
import { itemLine } from "../invoices/lines.ts";
import { withLines } from "../invoices/totals.ts";
import { inParam, inPath } from "../lookups.ts";
import { lineAmount } from "../prices/shape.ts";
import { change, type Unit } from "../unit.ts";
import type { Invoice, InvoiceItem } from "../wire.ts";
import { idOf, type Made } from "../world.ts";
import { newInvoiceItem, saidItem } from "./shape.ts";

const period = hash({ end: required(integer(0)), start: required(integer(0)) });
const amount = integer(-99_999_999, 99_999_999);
const notYet = allLater("discounts", "price_data", "quantity_decimal", "tax_behavior", "tax_code", "tax_rates");

/** A draft's lines follow the items that belong to it. */
function refreshDraft(unit: Unit, invoice: Invoice): void {
  const customer = unit.world.customers.get(idOf(invoice.customer) ?? "");
  const items = unit.world.invoiceItems.by("invoice", invoice.id);
  const own = invoice.lines.data.filter(
    (line) =>
      (line.parent?.subscription_item_details?.invoice_item ??
        line.parent?.invoice_item_details?.invoice_item ??
        null) === null,
  );
  const lines = [...own, ...items.map((one) => itemLine(invoice.id, one))];
  const next = withLines(invoice, lines, [], customer?.balance ?? 0);
  change(unit, unit.world.invoices, invoice, next, "invoice.updated");
}

function stored(unit: Unit, item: InvoiceItem & Made): InvoiceItem {
  unit.world.invoiceItems.insert(item);
  recordEvent(unit, "invoiceitem.created", saidItem(item));
  const invoice = unit.world.invoices.get(idOf(item.invoice) ?? "");
  if (invoice) refreshDraft(unit, invoice);
  return saidItem(item);
}

export const invoiceItemOperations = [
  operation(
    "POST",
    "/v1/invoiceitems",
    {
      ...notYet,
      ...allLater("customer_account"),
      amount,
      currency: currency(),
      customer: required(text()),
      description: text(),
      discountable: flag(),
      invoice: text(),
      metadata: metadata(),
      period,
      pricing: hash({ price: text() }),
      quantity: integer(0),
      subscription: text(),
      unit_amount_decimal: decimal(),
    },
    ({ unit }, params) => {
      const { world } = unit;
      const customer = inParam(world.customers, params.customer, "customer");
      const price =
        params.pricing?.price === undefined ? undefined : inParam(world.prices, params.pricing.price, "pricing[price]");
      const quantity = params.quantity ?? 1;
      const each = params.unit_amount_decimal;
      const total = price
        ? lineAmount(price, quantity)
        : (params.amount ?? (each === undefined ? undefined : Math.round(Number(each) * quantity)));
      if (total === undefined) throw invalid("Missing required param: amount.", "amount", "parameter_missing");
      const invoice = params.invoice === undefined ? undefined : inParam(world.invoices, params.invoice, "invoice");
      if (invoice && invoice.status !== "draft")
        throw refused(
          "The invoice is already finalized, you can't add items to it.",
          "invoice",
          "invoice_not_editable",
        );
      const spoken = price?.currency ?? params.currency ?? invoice?.currency ?? customer.currency;
      if (!spoken) throw invalid("Missing required param: currency.", "currency", "parameter_missing");
      const subscription =
        params.subscription === undefined
          ? undefined
          : inParam(world.subscriptions, params.subscription, "subscription");
      return stored(
        unit,
        newInvoiceItem(unit, customer.id, {
          amount: total,
          currency: spoken,
          description:
            params.description ?? (price ? (world.products.get(idOf(price.product) ?? "")?.name ?? null) : null),
          discountable: params.discountable ?? total > 0,
          invoice: invoice?.id ?? null,
          metadata: mergeMetadata({}, params.metadata),
          parent: subscription
            ? { subscription_details: { subscription: subscription.id }, type: "subscription_details" }
            : null,
          ...(params.period ? { period: params.period } : {}),
          pricing: {
            ...(price ? { price_details: { price: price.id, product: idOf(price.product) ?? "" } } : {}),
            type: "price_details",
            unit_amount_decimal: price?.unit_amount_decimal ?? each ?? String(total),
          },
          quantity,
          quantity_decimal: String(quantity),
        }),
      );
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
      ...allLater("invoicing_rules", "pricing", "quantity", "unit_amount_decimal"),
      amount,
      description: text(),
      discountable: flag(),
      metadata: metadata(),
      period,
    },
    ({ unit, ids }, params) => {
      const current = inPath(unit.world.invoiceItems, ids[0]);
      const invoice = unit.world.invoices.get(idOf(current.invoice) ?? "");
      if (invoice && invoice.status !== "draft")
        throw refused(
          "This invoice item is attached to a finalized invoice and cannot be changed.",
          undefined,
          "invoice_not_editable",
        );
      const changed = change(unit, unit.world.invoiceItems, current, {
        amount: params.amount ?? current.amount,
        description: params.description ?? current.description,
        discountable: params.discountable ?? current.discountable,
        metadata: mergeMetadata(current.metadata ?? {}, params.metadata),
        period: params.period ?? current.period,
      });
      if (invoice) refreshDraft(unit, invoice);
      return saidItem(changed);
    },
  ),
  operation("DELETE", "/v1/invoiceitems/:id", {}, ({ unit, ids }) => {
    const current = inPath(unit.world.invoiceItems, ids[0]);
    const invoice = unit.world.invoices.get(idOf(current.invoice) ?? "");
    if (invoice && invoice.status !== "draft")
      throw refused(
        "You can only delete invoice items that are not attached to a finalized invoice.",
        undefined,
        "invoice_not_editable",
      );
    unit.world.invoiceItems.delete(current.id);
    recordEvent(unit, "invoiceitem.deleted", saidItem(current));
    if (invoice) refreshDraft(unit, invoice);
    return { id: current.id, object: "invoiceitem", deleted: true };
  }),
];
