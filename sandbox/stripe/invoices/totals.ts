import { leastCharge } from "../amounts.ts";
import { type Applied, activeDiscounts } from "../coupons/discounts.ts";
import { type Exemption, inside, onTop, rateIdsOf, sumTaxes, taxesOn } from "../taxes/line-taxes.ts";
import { type Invoice, type InvoiceLine, listOf, type TaxRate } from "../wire.ts";
import { idOf, type World } from "../world.ts";

/** What is left to pay of a total when the customer's balance is counted in: a credit is negative, a debt positive. */
export interface Due {
  due: number;
  /** The customer's balance once the invoice is final. */
  ending: number;
  tooSmall: boolean;
}

/** Less than can be charged is not charged: it waits on the customer's balance for the next invoice. */
export function dueOf(total: number, balance: number, currency: string): Due {
  const owed = total + balance;
  if (owed <= 0) return { due: 0, ending: owed, tooSmall: false };
  if (owed < leastCharge(currency)) return { due: 0, ending: owed, tooSmall: true };
  return { due: owed, ending: 0, tooSmall: false };
}

/** Shares an amount in proportion to weights; what rounding leaves over goes to the largest fractions, the first of equals. */
export function share(amount: number, weights: readonly number[]): number[] {
  const whole = weights.reduce((sum, one) => sum + one, 0);
  if (whole === 0) return weights.map(() => 0);
  const shares = weights.map((one) => Math.floor((amount * one) / whole));
  let left = amount - shares.reduce((sum, one) => sum + one, 0);
  const byFraction = weights
    .map((one, index) => ({ index, fraction: (amount * one) % whole }))
    .sort((a, b) => b.fraction - a.fraction || a.index - b.index);
  for (const { index } of byFraction) {
    if (left === 0) break;
    shares[index] = (shares[index] ?? 0) + 1;
    left -= 1;
  }
  return shares;
}

/** What a line does not ask any more, by discounts and by credits that were granted. */
export function taken(line: InvoiceLine): number {
  return (line.pretax_credit_amounts ?? []).reduce((sum, one) => sum + one.amount, 0);
}

/** What one discount takes off each line: a percentage rounded per line, an amount shared in proportion. */
function offEach(lines: readonly InvoiceLine[], { coupon }: Applied): number[] {
  const products = coupon.applies_to?.products;
  const open = lines.map((line) => {
    const product = line.pricing?.price_details?.product ?? "";
    const applies = line.discountable && line.amount > 0 && (products === undefined || products.includes(product));
    return applies ? line.amount - taken(line) : 0;
  });
  if (coupon.percent_off !== null) return open.map((one) => Math.round((one * (coupon.percent_off ?? 0)) / 100));
  const all = open.reduce((sum, one) => sum + one, 0);
  const usable = lines[0]?.currency === coupon.currency ? Math.min(coupon.amount_off ?? 0, all) : 0;
  return share(usable, open);
}

/** What is taken off a line alone. It is asked for once, so no time can run out for it. */
function ownOf(world: World, line: InvoiceLine): Applied[] {
  return activeDiscounts(
    world,
    line.discounts.map((one) => idOf(one)),
    0,
  );
}

export function discounted(lines: readonly InvoiceLine[], applied: readonly Applied[]): InvoiceLine[] {
  return applied.reduce<InvoiceLine[]>(
    (current, one) => {
      const off = offEach(current, one);
      return current.map((line, index) => {
        const amount = off[index] ?? 0;
        if (amount === 0) return line;
        const discount = one.discount.id;
        return {
          ...line,
          discount_amounts: [...(line.discount_amounts ?? []), { amount, discount }],
          pretax_credit_amounts: [...(line.pretax_credit_amounts ?? []), { amount, discount, type: "discount" }],
        };
      });
    },
    [...lines],
  );
}

/** The rates that count for a line: its own, else those of the whole. */
function ratesFor(world: World, line: InvoiceLine, usual: readonly TaxRate[]): readonly TaxRate[] {
  const own = rateIdsOf(line.taxes);
  return own.length === 0 ? usual : own.flatMap((id) => world.taxRates.get(id) ?? []);
}

/** Lines with what their taxes come to once discounts are taken off. */
export function taxed(
  world: World,
  lines: readonly InvoiceLine[],
  usual: readonly TaxRate[],
  exemption: Exemption | null,
): InvoiceLine[] {
  return lines.map((line) => {
    const rates = ratesFor(world, line, usual);
    return rates.length === 0 ? line : { ...line, taxes: taxesOn(line.amount - taken(line), rates, exemption) };
  });
}

/** The subtotal without the taxes that its amounts hold before anything is taken off. */
function withoutTax(world: World, invoice: Invoice, lines: readonly InvoiceLine[]): number {
  return lines.reduce((sum, line) => {
    const rates = ratesFor(world, line, []);
    return sum + line.amount - inside(taxesOn(line.amount, rates, invoice.customer_tax_exempt));
  }, 0);
}

/** An invoice with these lines: discounts taken off, taxes counted, everything added up, and what is due with the balance counted in. */
export function withLines(
  world: World,
  invoice: Invoice,
  lines: readonly InvoiceLine[],
  applied: readonly Applied[],
  balance: number,
): Invoice {
  // What is taken off a line alone goes first (the provider's `InvoiceItem.discounts`).
  const own = lines.map((line) => ownOf(world, line));
  const alone = lines.flatMap((line, index) => discounted([line], own[index] ?? []));
  const cut = discounted(alone, applied);
  const all = taxed(world, cut, invoice.default_tax_rates as TaxRate[], invoice.customer_tax_exempt);
  const subtotal = all.reduce((sum, line) => sum + line.amount, 0);
  const given = new Set([...own.flat(), ...applied].map(({ discount }) => discount.id));
  const amounts = [...given].flatMap((id) => {
    const amount = all
      .flatMap((line) => line.discount_amounts ?? [])
      .filter((one) => one.discount === id)
      .reduce((sum, one) => sum + one.amount, 0);
    return amount > 0 ? [{ amount, discount: id }] : [];
  });
  const credits = all
    .flatMap((line) => line.pretax_credit_amounts ?? [])
    .filter((one) => one.type === "credit_balance_transaction");
  const taxes = sumTaxes(all.map((line) => line.taxes));
  const off = [...amounts, ...credits].reduce((sum, one) => sum + one.amount, 0);
  const total = subtotal - off + onTop(taxes);
  const { due } = dueOf(total, balance, invoice.currency);
  return {
    ...invoice,
    amount_due: due,
    amount_remaining: due,
    discounts: applied.map(({ discount }) => discount.id),
    lines: {
      ...listOf(`/v1/invoices/${invoice.id}/lines`, all),
      total_count: all.length,
    } as Invoice["lines"],
    starting_balance: balance,
    subtotal,
    subtotal_excluding_tax: taxes.length === 0 ? subtotal : withoutTax(world, invoice, all),
    total,
    total_discount_amounts: amounts,
    total_excluding_tax: total - onTop(taxes) - inside(taxes),
    total_pretax_credit_amounts: [...amounts.map((one) => ({ ...one, type: "discount" as const })), ...credits],
    total_taxes: taxes,
  };
}
