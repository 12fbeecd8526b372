import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { TaxRate } from "../wire.ts";
import { inside, onTop, shareOfTaxes, taxesOn } from "./line-taxes.ts";

const rate = (percentage: number, inclusive: boolean): TaxRate => ({
  id: `txr_${percentage}_${inclusive}`,
  object: "tax_rate",
  active: true,
  country: null,
  created: 0,
  description: null,
  display_name: "Moms",
  effective_percentage: null,
  flat_amount: null,
  inclusive,
  jurisdiction: null,
  jurisdiction_level: null,
  livemode: false,
  metadata: {},
  percentage,
  rate_type: "percentage",
  state: null,
  tax_type: null,
});
const amounts = (net: number, ...rates: TaxRate[]) => taxesOn(net, rates, "none").map((one) => one.amount);

/** Worked out by hand. */
describe("taxes on a line", () => {
  it("are put on top, or are a part of the amount, rounded half away from zero", () => {
    // 25 % of 100.00, and the fifth of 125.00 that is tax.
    expect(amounts(10_000, rate(25, false))).toEqual([2_500]);
    expect(amounts(12_500, rate(25, true))).toEqual([2_500]);
    // 25 % of 0.02 is half an öre: up, and for a credit down.
    expect(amounts(2, rate(25, false))).toEqual([1]);
    expect(amounts(-2, rate(25, false))).toEqual([-1]);
    // 8.875 % of 10.00 is 88.75 öre.
    expect(amounts(1_000, rate(8.875, false))).toEqual([89]);
  });

  it("of two kinds: those on top are counted on what is left without those in the price", () => {
    // 110.00 holds 10.00 at 10 %; 5 % of the 100.00 left are 5.00.
    const taxes = taxesOn(11_000, [rate(10, true), rate(5, false)], "none");
    expect(taxes.map((one) => [one.amount, one.taxable_amount])).toEqual([
      [1_000, 10_000],
      [500, 10_000],
    ]);
    expect([inside(taxes), onTop(taxes)]).toEqual([1_000, 500]);
  });

  it("are nothing for whoever is exempt, with the reason", () => {
    const told = (exemption: "exempt" | "reverse") => taxesOn(10_000, [rate(25, false)], exemption)[0];
    expect(told("exempt")).toMatchObject({ amount: 0, taxability_reason: "customer_exempt" });
    expect(told("reverse")).toMatchObject({ amount: 0, taxability_reason: "reverse_charge" });
  });

  it("of a credit and a debit of the same amount are nothing together, and all of a line has all of its taxes", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 99_999_999 }),
        fc.array(fc.tuple(fc.integer({ min: 0, max: 1_000_000 }), fc.boolean()), { maxLength: 4 }),
        (net, sent) => {
          const rates = sent.map(([parts, inclusive]) => rate(parts / 10_000, inclusive));
          const [debit, credit] = [taxesOn(net, rates, "none"), taxesOn(-net, rates, "none")];
          for (const [index, one] of debit.entries()) expect(one.amount + (credit[index]?.amount ?? 0)).toBe(0);
          expect(inside(debit)).toBeLessThanOrEqual(net);
          if (net > 0) expect(shareOfTaxes(debit, net, net)).toEqual(debit);
        },
      ),
    );
  });
});
