import { isMetered } from "../meters/usage.ts";
import { rateIdsOf } from "../taxes/line-taxes.ts";
import type { Unit } from "../unit.ts";
import type { InvoiceLine, SubscriptionItem } from "../wire.ts";
import { idOf } from "../world.ts";

/** What an item was really debited for its current period: a change in the middle credits that, whatever a price says by then. */
export interface Debit {
  /** The item's id. */
  id: string;
  created: number;
  /** For the whole period, discounts taken off; in the smallest unit. */
  net: number;
  start: number;
  end: number;
  /** Where it was debited; null while it waits as a pending invoice item. */
  invoice: string | null;
  lines: string[];
  /** The tax rates that came with it, by which a credit is taxed as well. */
  taxRates?: string[];
}

/** The part of an amount that falls into what is left of a period, to the second; rounded half up. */
export function remaining(amount: number, at: number, period: { start: number; end: number }): number {
  const [left, whole] = [period.end - Math.max(at, period.start), period.end - period.start];
  if (left <= 0 || whole <= 0) return 0;
  return Math.round((amount * left) / whole);
}

export function remember(unit: Unit, debit: Omit<Debit, "created">): void {
  const { debits } = unit.world;
  const known = debits.get(debit.id);
  if (known) debits.replace({ ...debit, created: known.created });
  else debits.insert({ ...debit, created: unit.now });
}

/** What a line comes to when its discounts are taken off. */
export function netOf(line: InvoiceLine): number {
  return line.amount - (line.pretax_credit_amounts ?? []).reduce((sum, one) => sum + one.amount, 0);
}

/** After an invoice has its lines: what each item was debited, on one line or several. Free lines of a trial debit nothing. */
export function rememberLines(unit: Unit, lines: readonly InvoiceLine[], items: readonly SubscriptionItem[]): void {
  for (const item of items) {
    if (isMetered(item.price)) continue;
    const own = lines.filter((line) => {
      const details = line.parent?.subscription_item_details;
      return details?.subscription_item === item.id && !details.proration;
    });
    const [first] = own;
    if (!first) continue;
    remember(unit, {
      id: item.id,
      net: own.reduce((sum, line) => sum + netOf(line), 0),
      start: first.period.start,
      end: first.period.end,
      invoice: idOf(first.invoice),
      lines: own.map((line) => line.id),
      taxRates: rateIdsOf(first.taxes),
    });
  }
}
