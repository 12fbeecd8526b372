import type { Customer, Invoice, InvoiceLine, TaxRate } from "../wire.ts";

export type LineTax = NonNullable<InvoiceLine["taxes"]>[number];
export type Exemption = NonNullable<Customer["tax_exempt"]>;

/** Half a unit away from zero, so that what is taken back comes to what was asked for. */
const rounded = (amount: number): number => Math.sign(amount) * Math.round(Math.abs(amount));

/** Percentages have up to four decimals: as whole numbers nothing is lost on the way. */
const [whole, hundredth] = [1_000_000, 10_000];
const partsOf = (rate: TaxRate): number => Math.round(rate.percentage * hundredth);

/**
 * What each rate comes to on one line, rounded by itself. Inclusive rates are in the amount already; exclusive ones are counted on
 * what is left without those. Nobody who is exempt, or pays the tax at home, is charged any.
 */
export function taxesOn(net: number, rates: readonly TaxRate[], exemption: Exemption | null): LineTax[] {
  const exempt = exemption === "exempt" || exemption === "reverse";
  const within = rates.reduce((sum, rate) => sum + (rate.inclusive ? partsOf(rate) : 0), 0);
  const included = rates.map((rate) =>
    rate.inclusive && !exempt ? rounded((net * partsOf(rate)) / (whole + within)) : 0,
  );
  const base = net - included.reduce((sum, one) => sum + one, 0);
  return rates.map((rate, index) => ({
    amount: exempt ? 0 : rate.inclusive ? (included[index] ?? 0) : rounded((base * partsOf(rate)) / whole),
    tax_behavior: rate.inclusive ? "inclusive" : "exclusive",
    tax_rate_details: { tax_rate: rate.id },
    taxability_reason: !exempt ? "not_available" : exemption === "reverse" ? "reverse_charge" : "customer_exempt",
    taxable_amount: exempt ? 0 : base,
    type: "tax_rate_details",
  }));
}

/** The part of a line's taxes that falls on a part of the line: all of it on all of it, to the unit. */
export function shareOfTaxes(taxes: readonly LineTax[], part: number, of: number): LineTax[] {
  return taxes.map((tax) => ({
    ...tax,
    amount: of === 0 ? 0 : rounded((tax.amount * part) / of),
    taxable_amount: of === 0 ? 0 : rounded(((tax.taxable_amount ?? 0) * part) / of),
  }));
}

/** What taxes put on top of an amount. */
export function onTop(taxes: readonly LineTax[]): number {
  return taxes.reduce((sum, one) => sum + (one.tax_behavior === "exclusive" ? one.amount : 0), 0);
}

/** What an amount holds of taxes. */
export function inside(taxes: readonly LineTax[]): number {
  return taxes.reduce((sum, one) => sum + (one.tax_behavior === "inclusive" ? one.amount : 0), 0);
}

export function rateIdsOf(taxes: readonly LineTax[] | null): string[] {
  return (taxes ?? []).flatMap((one) => one.tax_rate_details?.tax_rate ?? []);
}

/** The taxes of several lines, one entry for each rate in the order in which they first come. */
export function sumTaxes(lines: readonly (readonly LineTax[] | null)[]): NonNullable<Invoice["total_taxes"]> {
  const sums = new Map<string, LineTax>();
  for (const tax of lines.flatMap((one) => one ?? [])) {
    const key = tax.tax_rate_details?.tax_rate ?? "";
    const known = sums.get(key);
    sums.set(
      key,
      known
        ? {
            ...known,
            amount: known.amount + tax.amount,
            taxable_amount: (known.taxable_amount ?? 0) + (tax.taxable_amount ?? 0),
          }
        : tax,
    );
  }
  return [...sums.values()];
}

/** A line that names its rates and waits for its amounts to be known; an empty list leaves them to the invoice. */
export function waitingTaxes(rates: readonly TaxRate[] | null | undefined): LineTax[] {
  return taxesOn(0, rates ?? [], null);
}
