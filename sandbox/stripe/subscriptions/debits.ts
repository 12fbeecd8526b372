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

/** After an invoice has its lines: what each item was debited. Free lines of a trial debit nothing. */
export function rememberLines(unit: Unit, lines: readonly InvoiceLine[], items: readonly SubscriptionItem[]): void {
  for (const line of lines) {
    const details = line.parent?.subscription_item_details;
    const item = items.find((one) => one.id === details?.subscription_item);
    if (!item || details?.proration) continue;
    const taken = (line.discount_amounts ?? []).reduce((sum, one) => sum + one.amount, 0);
    remember(unit, {
      id: item.id,
      net: line.amount - taken,
      start: line.period.start,
      end: line.period.end,
      invoice: idOf(line.invoice),
      lines: [line.id],
    });
  }
}
