import { invalid, missing, notSimulated, refused } from "../api/errors.ts";
import { mergeMetadata, metadata } from "../api/metadata.ts";
import { operation } from "../api/operation.ts";
import { allLater, hash, list, oneOf, required, text, type Values } from "../api/params.ts";
import { readDiscounts } from "../coupons/discounts.ts";
import { recordEvent } from "../events/record.ts";
import { changeItem, makeItem, type SentItem } from "../invoice-items/make.ts";
import { itemParams } from "../invoice-items/params.ts";
import { saidItem } from "../invoice-items/shape.ts";
import { inParam, inPath } from "../lookups.ts";
import { waitingTaxes } from "../taxes/line-taxes.ts";
import { readRates } from "../taxes/read-rates.ts";
import type { Unit } from "../unit.ts";
import type { Invoice, InvoiceLine } from "../wire.ts";
import { idOf } from "../world.ts";
import { itemOf, refreshDraft } from "./refresh-draft.ts";

const lineParams = { ...itemParams, ...allLater("quantity_decimal", "tax_amounts") };
type Draft = Invoice;

function draftIn(unit: Unit, id: string | undefined): Draft {
  const invoice = inPath(unit.world.invoices, id);
  if (invoice.status === "draft") return invoice;
  throw refused("Finalized invoices can't be updated in this way", undefined, "invoice_not_editable");
}

function lineOf(invoice: Draft, id: string, at?: string): InvoiceLine {
  const found = invoice.lines.data.find((line) => line.id === id);
  if (found) return found;
  throw missing("line item", id, at ?? "line_item_id", at === undefined);
}

/** The draft's metadata as it is from now on; nothing when none was sent. */
function merged(invoice: Draft, sent: ReturnType<ReturnType<typeof metadata>["read"]>) {
  return sent === undefined ? {} : { metadata: mergeMetadata(invoice.metadata ?? {}, sent) };
}

/** A line that a subscription's period made, as it is after a change: it has no item behind it, so its metadata is replaced. */
function changedLine(unit: Unit, invoice: Draft, line: InvoiceLine, sent: SentItem): InvoiceLine {
  const at = sent.at === undefined ? "" : `${sent.at}: `;
  if (sent.price_data ?? sent.pricing ?? sent.quantity)
    throw notSimulated(`${at}another price or quantity on the line of a subscription's period`);
  const place = (name: string) => (sent.at === undefined ? name : `${sent.at}[${name}]`);
  const rates = readRates(unit, sent.tax_rates, place("tax_rates"));
  return {
    ...line,
    ...(sent.amount === undefined
      ? {}
      : {
          amount: sent.amount,
          subtotal: sent.amount,
          pricing: line.pricing && { ...line.pricing, unit_amount_decimal: String(sent.amount) },
        }),
    description: sent.description ?? line.description,
    discountable: sent.discountable ?? line.discountable,
    discounts: sent.discounts
      ? readDiscounts(
          unit,
          sent.discounts,
          { customer: idOf(invoice.customer), invoice: invoice.id },
          place("discounts"),
        )
      : line.discounts,
    metadata: sent.metadata === undefined ? line.metadata : mergeMetadata({}, sent.metadata),
    period: sent.period ?? line.period,
    taxes: rates ? waitingTaxes(rates) : line.taxes,
  };
}

/** Changes lines of a draft. Whatever has an item behind it is changed there. */
function changeLines(
  unit: Unit,
  invoice: Draft,
  sent: readonly (SentItem & { line: InvoiceLine })[],
  extra: { metadata?: Record<string, string> } = {},
): Invoice {
  const others = new Map<string, InvoiceLine>();
  for (const { line, ...changes } of sent) {
    const item = unit.world.invoiceItems.get(itemOf(line) ?? "");
    if (item) changeItem(unit, item, changes);
    else others.set(line.id, changedLine(unit, invoice, line, changes));
  }
  const own = invoice.lines.data.filter((line) => itemOf(line) === null).map((line) => others.get(line.id) ?? line);
  return refreshDraft(unit, invoice, { own, ...extra });
}

const addedLine = hash({ ...lineParams, invoice_item: text() });

/** Puts a pending item on a draft, or a new one. */
function addLine(unit: Unit, invoice: Draft, sent: NonNullable<ReturnType<typeof addedLine.read>>, at: string): void {
  const { world } = unit;
  const customer = inParam(world.customers, idOf(invoice.customer) ?? "", "customer");
  const { invoice_item: named, ...own } = sent;
  if (named === undefined) {
    makeItem(unit, customer, invoice, { ...own, at });
    return;
  }
  const item = inParam(world.invoiceItems, named, `${at}[invoice_item]`);
  if (idOf(item.customer) !== customer.id)
    throw invalid("The invoice item must belong to the customer of the invoice.", `${at}[invoice_item]`);
  if (item.invoice !== null)
    throw refused(`The invoice item ${item.id} is already attached to an invoice.`, `${at}[invoice_item]`);
  if (item.currency !== invoice.currency)
    throw invalid("The currency of the invoice item must match the currency of the invoice.", `${at}[invoice_item]`);
  world.invoiceItems.replace({ ...changeItem(unit, item, { ...own, at }), invoice: invoice.id });
}

const removedLine = hash({ behavior: required(oneOf(["delete", "unassign"])), id: required(text()) });

/** Takes lines off a draft: their items go for good, or wait for another invoice. */
function removeLines(unit: Unit, invoice: Draft, sent: readonly Values<{ line: typeof removedLine }>["line"][]) {
  const { world } = unit;
  const gone = new Set<string>();
  for (const [index, one] of sent.entries()) {
    if (!one) continue;
    const line = lineOf(invoice, one.id, `lines[${index}][id]`);
    const item = world.invoiceItems.get(itemOf(line) ?? "");
    if (!item && one.behavior === "unassign")
      throw refused(
        "Only lines of invoice items can be unassigned; this is the line of a subscription's period.",
        `lines[${index}][behavior]`,
      );
    gone.add(line.id);
    if (!item) continue;
    if (one.behavior === "unassign") world.invoiceItems.replace({ ...item, invoice: null });
    else {
      world.invoiceItems.delete(item.id);
      recordEvent(unit, "invoiceitem.deleted", saidItem(item));
    }
  }
  return invoice.lines.data.filter((line) => itemOf(line) === null && !gone.has(line.id));
}

const path = "/v1/invoices/:id";

export const lineOperations = [
  operation(
    "POST",
    `${path}/add_lines`,
    { invoice_metadata: metadata(), lines: required(list(addedLine)) },
    ({ unit, ids }, params) => {
      const invoice = draftIn(unit, ids[0]);
      for (const [index, line] of params.lines.entries()) addLine(unit, invoice, line, `lines[${index}]`);
      return refreshDraft(unit, invoice, merged(invoice, params.invoice_metadata));
    },
  ),
  operation(
    "POST",
    `${path}/update_lines`,
    { invoice_metadata: metadata(), lines: required(list(hash({ ...lineParams, id: required(text()) }))) },
    ({ unit, ids }, params) => {
      const invoice = draftIn(unit, ids[0]);
      const sent = params.lines.map(({ id, ...changes }, index) => {
        const at = `lines[${index}]`;
        return { ...changes, at, line: lineOf(invoice, id, `${at}[id]`) };
      });
      return changeLines(unit, invoice, sent, merged(invoice, params.invoice_metadata));
    },
  ),
  operation(
    "POST",
    `${path}/remove_lines`,
    { invoice_metadata: metadata(), lines: required(list(removedLine)) },
    ({ unit, ids }, params) => {
      const invoice = draftIn(unit, ids[0]);
      const own = removeLines(unit, invoice, params.lines);
      return refreshDraft(unit, invoice, { own, ...merged(invoice, params.invoice_metadata) });
    },
  ),
  operation("POST", `${path}/lines/:line_item`, lineParams, ({ unit, ids }, params) => {
    const invoice = draftIn(unit, ids[0]);
    const line = lineOf(invoice, ids[1] ?? "");
    return lineOf(changeLines(unit, invoice, [{ ...params, line }]), line.id);
  }),
];
