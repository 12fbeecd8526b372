import { activeDiscounts } from "../coupons/discounts.ts";
import { newProration } from "../invoice-items/shape.ts";
import { prorationText, subscriptionLines } from "../invoices/lines.ts";
import { discounted } from "../invoices/totals.ts";
import { isMetered } from "../meters/usage.ts";
import { planOf } from "../prices/shape.ts";
import type { Unit } from "../unit.ts";
import type { InvoiceItem, Price, Subscription, SubscriptionItem, TaxRate } from "../wire.ts";
import { idOf } from "../world.ts";
import { type Debit, netOf, remaining, remember } from "./debits.ts";
import { newItem, type Period, single } from "./items.ts";
import { wholePeriod } from "./part-periods.ts";
import { nextPeriodEnd } from "./periods.ts";
import { isTrialing } from "./trials.ts";

export type ProrationBehavior = "always_invoice" | "create_prorations" | "none";

/** What is wanted of one item: another price or quantity, its end, or, without an id, a further item. */
export interface ItemChange {
  id?: string | undefined;
  price?: Price | undefined;
  quantity?: number | undefined;
  deleted?: boolean | undefined;
  metadata?: Record<string, string> | undefined;
  taxRates?: TaxRate[] | undefined;
}

export interface Wanted {
  items: readonly ItemChange[];
  /** The billing cycle starts anew at this instant. */
  anchorNow: boolean;
  trialEnd: number | "now" | undefined;
  behavior: ProrationBehavior;
  /** The instant from which is prorated. */
  at: number;
}

export interface Plan {
  /** How the subscription is afterwards. */
  changed: Partial<Subscription>;
  items: SubscriptionItem[];
  /** Credits and debits, in pairs. */
  prorations: InvoiceItem[];
  debits: Omit<Debit, "created">[];
  /** Items whose period is billed in full with the change. */
  billed: SubscriptionItem[];
  /** The billed periods are a trial's. */
  free: boolean;
  /** There is an invoice at once. */
  immediate: boolean;
}

const sameInterval = (a: Price, b: Price) =>
  a.recurring?.interval === b.recurring?.interval && a.recurring?.interval_count === b.recurring?.interval_count;

function changedItem(item: SubscriptionItem, change: ItemChange): SubscriptionItem {
  const price = change.price ?? item.price;
  // Another price starts again with one, unless told.
  const kept = price.id === item.price.id ? (item.quantity ?? 1) : 1;
  const plan = planOf(price) ?? item.plan;
  const { quantity: _before, ...rest } = item;
  return {
    ...rest,
    metadata: change.metadata ?? item.metadata,
    plan,
    price,
    ...(isMetered(price) ? {} : { quantity: change.quantity ?? kept }),
    tax_rates: change.taxRates ?? item.tax_rates,
  };
}

/** The running period of an item that changes its interval: it began where the old one did, and ends after now. */
function runningPeriod(anchor: number, item: SubscriptionItem, at: number): Period {
  const { recurring } = item.price;
  if (!recurring) return { start: item.current_period_start, end: item.current_period_end };
  let start = item.current_period_start;
  let end = nextPeriodEnd(anchor, start, recurring);
  while (end <= at) [start, end] = [end, nextPeriodEnd(anchor, end, recurring)];
  return { start, end };
}

const withPeriod = (item: SubscriptionItem, { start, end }: Period): SubscriptionItem => ({
  ...item,
  current_period_end: end,
  current_period_start: start,
});

/** Every item's price for a whole period, discounts taken off as an invoice for all of them would. */
function netPrices(unit: Unit, current: Subscription, items: readonly SubscriptionItem[]): Map<string, number> {
  const lines = items
    .filter(({ price }) => !isMetered(price))
    .flatMap((item) => subscriptionLines(unit, "", current.id, item, false));
  const applied = activeDiscounts(
    unit.world,
    current.discounts.map((one) => idOf(one)),
    unit.now,
  );
  const net = new Map<string, number>();
  for (const line of discounted(lines, applied)) {
    const item = line.parent?.subscription_item_details?.subscription_item ?? "";
    net.set(item, (net.get(item) ?? 0) + netOf(line));
  }
  return net;
}

/** Where every item stands afterwards, and which of them changed. */
function afterwards(unit: Unit, current: Subscription, wanted: Wanted) {
  const before = new Map(current.items.data.map((item) => [item.id, item]));
  const of = (id: string) => wanted.items.find((one) => one.id === id);
  const kept = current.items.data.flatMap((item) => {
    const change = of(item.id);
    if (change?.deleted) return [];
    return [change ? changedItem(item, change) : item];
  });
  const first = current.items.data[0];
  const running = { start: first?.current_period_start ?? unit.now, end: first?.current_period_end ?? unit.now };
  const added = wanted.items.flatMap(({ id, price, quantity, metadata, taxRates }) =>
    id === undefined && price
      ? [newItem(unit, current.id, { price, quantity: quantity ?? 1, metadata: metadata ?? {}, taxRates }, running)]
      : [],
  );
  const items = [...kept, ...added];
  const moved = (item: SubscriptionItem) => {
    const old = before.get(item.id);
    return old?.price.id !== item.price.id || old.quantity !== item.quantity;
  };
  return { before, items, moved, removed: current.items.data.filter((item) => of(item.id)?.deleted) };
}

/**
 * What a change of a subscription would do: the same plan is carried out by an update and shown by a preview.
 * Credits go by what was really debited, debits by the new price, both to the second and rounded per line.
 */
export function planChange(unit: Unit, current: Subscription, wanted: Wanted): Plan {
  const { at, behavior } = wanted;
  const trialing = isTrialing(current);
  const startOver = wanted.anchorNow || (wanted.trialEnd === "now" && trialing);
  const newTrial = typeof wanted.trialEnd === "number" && wanted.trialEnd > unit.now ? wanted.trialEnd : undefined;
  const prorates = behavior !== "none";
  const { before, items: sketched, moved, removed } = afterwards(unit, current, wanted);
  const intervals = (item: SubscriptionItem) => {
    const old = before.get(item.id);
    return old !== undefined && !sameInterval(old.price, item.price);
  };
  const restart = startOver || (!prorates && !trialing && sketched.some(intervals));
  const items = sketched.map((item) => {
    if (newTrial !== undefined) return withPeriod(item, { start: unit.now, end: newTrial });
    if (restart && item.price.recurring)
      return withPeriod(item, { start: unit.now, end: nextPeriodEnd(unit.now, unit.now, item.price.recurring) });
    if (intervals(item) && !trialing) return withPeriod(item, runningPeriod(current.billing_cycle_anchor, item, at));
    return item;
  });
  const whole = restart || newTrial !== undefined;
  const touched = items.filter((item) => whole || moved(item));
  const net = netPrices(unit, current, items);
  const credits = [...touched.flatMap((item) => before.get(item.id) ?? []), ...removed].flatMap((item) => {
    const debit = unit.world.debits.get(item.id);
    const amount = debit && prorates ? remaining(debit.net, at, debit) : 0;
    if (!debit || amount === 0) return [];
    const credit = newProration(unit, current, item, {
      amount: -amount,
      at,
      end: debit.end,
      credited: debit,
      text: prorationText(unit, item.price, item.quantity ?? 1, at, true),
    });
    return [{ item: item.id, credit }];
  });
  const debited = whole || trialing || !prorates ? [] : touched.filter(({ price }) => !isMetered(price));
  const owed = debited.map((item) => {
    const period = { start: item.current_period_start, end: item.current_period_end };
    const full = net.get(item.id) ?? 0;
    // A planned end may have cut the period short: the price is that of a whole one.
    const whole = wholePeriod(current, item);
    const beyond = remaining(full, period.end, whole);
    const text = prorationText(unit, item.price, item.quantity ?? 1, at, false);
    const amount = remaining(full, at, whole) - beyond;
    return {
      item: item.id,
      proration: newProration(unit, current, item, { amount, at, end: period.end, credited: undefined, text }),
      debit: { id: item.id, net: full - beyond, ...period, invoice: null, lines: [] },
    };
  });
  const ids = [...new Set([...credits, ...owed].map((one) => one.item))];
  const prorations = ids.flatMap((id) => [
    ...credits.filter((one) => one.item === id).map((one) => one.credit),
    ...owed.filter((one) => one.item === id && one.proration.amount !== 0).map((one) => one.proration),
  ]);
  const startsToCost =
    !trialing &&
    current.items.data.every((item) => (unit.world.debits.get(item.id)?.net ?? 0) === 0) &&
    owed.some((one) => one.proration.amount > 0);
  return {
    items,
    prorations,
    debits: owed.map((one) => one.debit),
    billed: whole ? items : [],
    free: newTrial !== undefined,
    immediate:
      whole ||
      startsToCost ||
      (prorates && !trialing && items.some(intervals)) ||
      (behavior === "always_invoice" && prorations.length > 0),
    changed: {
      ...single(current, items),
      ...(restart ? { billing_cycle_anchor: unit.now } : {}),
      ...(restart && trialing ? { status: "active", trial_end: unit.now } : {}),
      ...(newTrial === undefined
        ? {}
        : {
            billing_cycle_anchor: newTrial,
            status: "trialing",
            trial_end: newTrial,
            trial_start: trialing ? current.trial_start : unit.now,
          }),
    },
  };
}

/** What every item that a change touched is debited from then on: its price for the whole period, discounts taken off. */
export function rememberPrices(
  unit: Unit,
  after: Subscription,
  before: readonly SubscriptionItem[],
  invoice: string,
): void {
  const net = netPrices(unit, after, after.items.data);
  for (const item of after.items.data) {
    const old = before.find((one) => one.id === item.id);
    if (isMetered(item.price) || (old?.price.id === item.price.id && old.quantity === item.quantity)) continue;
    const { current_period_start: start, current_period_end: end } = item;
    remember(unit, { id: item.id, net: net.get(item.id) ?? 0, start, end, invoice, lines: [] });
  }
}
