import { invalid, refused } from "../api/errors.ts";
import { pageOf, sent } from "../api/lists.ts";
import { mergeMetadata, metadata } from "../api/metadata.ts";
import { operation, paging } from "../api/operation.ts";
import { allLater, currency, decimal, flag, hash, integer, oneOf, range, required, text } from "../api/params.ts";
import { activeDiscounts } from "../coupons/discounts.ts";
import { recordEvent } from "../events/record.ts";
import { itemLine } from "../invoices/lines.ts";
import { withLines } from "../invoices/totals.ts";
import { inParam, inPath } from "../lookups.ts";
import { lineAmount, newPrice } from "../prices/shape.ts";
import { rateIdsOf } from "../taxes/line-taxes.ts";
import { rateParams, readRates } from "../taxes/read-rates.ts";
import { change, create, type Unit } from "../unit.ts";
import type { Invoice, InvoiceItem, InvoiceLine, Price, TaxRate } from "../wire.ts";
import { idOf, type Made } from "../world.ts";
import { newInvoiceItem, saidItem } from "./shape.ts";

const period = hash({ end: required(integer(0)), start: required(integer(0)) });
const amount = integer(-99_999_999, 99_999_999);
const notYet = allLater("discounts", "quantity_decimal", "tax_behavior", "tax_code");
const priceData = hash({
  currency: required(currency()),
  product: required(text()),
  tax_behavior: oneOf(["exclusive", "inclusive", "unspecified"]),
  unit_amount: integer(-99_999_999, 99_999_999),
  unit_amount_decimal: decimal(),
});

/** The item behind a line; none for what a subscription's period costs. */
const itemOf = (line: InvoiceLine): string | null =>
  line.parent?.subscription_item_details?.invoice_item ?? line.parent?.invoice_item_details?.invoice_item ?? null;

/** Whether a line has no rates but those of its invoice. */
function sameRates({ taxes }: InvoiceLine, invoice: Invoice): boolean {
  return rateIdsOf(taxes).join() === (invoice.default_tax_rates as TaxRate[]).map((one) => one.id).join();
}

/** A price made for this one item. */
function priceOf(unit: Unit, sent: ReturnType<typeof priceData.read>): Price | undefined {
  if (!sent) return undefined;
  const product = inParam(unit.world.products, sent.product, "price_data[product]");
  const { unit_amount: each, unit_amount_decimal: exact } = sent;
  if (each === undefined && exact === undefined)
    throw invalid("Missing required param: price_data[unit_amount].", "price_data[unit_amount]", "parameter_missing");
  const made = newPrice(unit, product.id, sent.currency, {
    active: false,
    tax_behavior: sent.tax_behavior ?? "unspecified",
    unit_amount: each ?? null,
    unit_amount_decimal: exact ?? String(each),
  });
  return create(unit, unit.world.prices, made, "price.created");
}

/** A draft's lines follow the items that belong to it. */
export function refreshDraft(unit: Unit, invoice: Invoice, usual?: readonly TaxRate[]): void {
  const customer = unit.world.customers.get(idOf(invoice.customer) ?? "");
  const items = unit.world.invoiceItems.by("invoice", invoice.id);
  const own = invoice.lines.data.filter((line) => itemOf(line) === null);
  const known = (item: InvoiceItem) => invoice.lines.data.find((line) => itemOf(line) === item.id)?.id;
  const lines = [
    ...own.map((line) => ({
      ...line,
      discount_amounts: [],
      pretax_credit_amounts: [],
      taxes: usual && sameRates(line, invoice) ? [] : line.taxes,
    })),
    ...items.map((one) => {
      const line = itemLine(invoice.id, one);
      return { ...line, id: known(one) ?? line.id };
    }),
  ];
  // What was taken off when the draft was made is taken off still, though a coupon for one invoice is used up by now.
  const ids = invoice.discounts.map((one) => idOf(one));
  const applied = activeDiscounts(unit.world, ids, invoice.created - 1);
  const rated = usual ? { ...invoice, default_tax_rates: [...usual] } : invoice;
  const next = withLines(unit.world, rated, lines, applied, customer?.balance ?? 0);
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
      price_data: priceData,
      pricing: hash({ price: text() }),
      quantity: integer(0),
      subscription: text(),
      tax_rates: rateParams,
      unit_amount_decimal: decimal(),
    },
    ({ unit }, params) => {
      const { world } = unit;
      const customer = inParam(world.customers, params.customer, "customer");
      const price =
        params.pricing?.price === undefined
          ? priceOf(unit, params.price_data)
          : inParam(world.prices, params.pricing.price, "pricing[price]");
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
          tax_rates: readRates(unit, params.tax_rates, "tax_rates") ?? [],
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
      ...allLater("invoicing_rules", "price_data", "pricing", "quantity", "unit_amount_decimal"),
      amount,
      description: text(),
      discountable: flag(),
      metadata: metadata(),
      period,
      tax_rates: rateParams,
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
        tax_rates: readRates(unit, params.tax_rates, "tax_rates") ?? current.tax_rates,
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
