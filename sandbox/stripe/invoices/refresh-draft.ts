import { activeDiscounts } from "../coupons/discounts.ts";
import { rateIdsOf } from "../taxes/line-taxes.ts";
import { change, type Unit } from "../unit.ts";
import type { Invoice, InvoiceItem, InvoiceLine, TaxRate } from "../wire.ts";
import { idOf } from "../world.ts";
import { itemLine } from "./lines.ts";
import { withLines } from "./totals.ts";

/** The item behind a line; none for what a subscription's period costs. */
export const itemOf = (line: InvoiceLine): string | null =>
  line.parent?.subscription_item_details?.invoice_item ?? line.parent?.invoice_item_details?.invoice_item ?? null;

/** Whether a line has no rates but those of its invoice. */
function sameRates({ taxes }: InvoiceLine, invoice: Invoice): boolean {
  return rateIdsOf(taxes).join() === (invoice.default_tax_rates as TaxRate[]).map((one) => one.id).join();
}

interface Refreshed {
  /** The rates that lines have from now on which have none of their own. */
  usual?: readonly TaxRate[];
  /** The lines for a subscription's periods, when they are not what they were. */
  own?: readonly InvoiceLine[];
  /** What is taken off the whole from now on; what was taken off before, when nothing is said. */
  discounts?: readonly string[];
  /** What else is said of the draft, told with the rest. */
  metadata?: Record<string, string>;
}

/** A draft's lines follow the items that belong to it, and everything is added up again. */
export function refreshDraft(
  unit: Unit,
  invoice: Invoice,
  { usual, own, discounts, metadata }: Refreshed = {},
): Invoice {
  const customer = unit.world.customers.get(idOf(invoice.customer) ?? "");
  const items = unit.world.invoiceItems.by("invoice", invoice.id);
  const periods = own ?? invoice.lines.data.filter((line) => itemOf(line) === null);
  const known = (item: InvoiceItem) => invoice.lines.data.find((line) => itemOf(line) === item.id)?.id;
  const lines = [
    ...periods.map((line) => ({
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
  const ids = discounts ?? invoice.discounts.map((one) => idOf(one));
  const applied = activeDiscounts(unit.world, ids, invoice.created - 1);
  const rated = usual ? { ...invoice, default_tax_rates: [...usual] } : invoice;
  const next = withLines(unit.world, rated, lines, applied, customer?.balance ?? 0);
  return change(
    unit,
    unit.world.invoices,
    invoice,
    metadata === undefined ? next : { ...next, metadata },
    "invoice.updated",
  );
}
