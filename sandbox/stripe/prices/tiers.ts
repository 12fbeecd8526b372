import { invalid } from "../api/errors.ts";
import { decimal, type Field, hash, integer, list, oneOf, type Values } from "../api/params.ts";
import type { Price } from "../wire.ts";

type Tier = NonNullable<Price["tiers"]>[number];
type Option = NonNullable<Price["currency_options"]>[string];

/** The last quantity of a tier; `inf` for the last tier. */
const upTo: Field<number | "inf" | undefined> = {
  read: (raw, at) => (raw === "inf" ? "inf" : integer(1).read(raw, at)),
};

const tierShape = {
  flat_amount: integer(0, 99_999_999),
  flat_amount_decimal: decimal(),
  unit_amount: integer(0, 99_999_999),
  unit_amount_decimal: decimal(),
  up_to: upTo,
};
export const tierParams = list(hash(tierShape));

const optionShape = {
  tax_behavior: oneOf(["exclusive", "inclusive", "unspecified"]),
  tiers: tierParams,
  unit_amount: integer(0, 99_999_999),
  unit_amount_decimal: decimal(),
};
const option = hash(optionShape);

/** One option per currency, by its three letters. */
export const currencyOptionParams: Field<Record<string, Values<typeof optionShape>> | undefined> = {
  read(raw, at) {
    if (raw === undefined) return undefined;
    if (typeof raw === "string") throw invalid("Invalid object", at);
    return Object.fromEntries(
      Object.entries(raw).flatMap(([currency, one]) => {
        if (!/^[a-z]{3}$/.test(currency)) throw invalid(`Invalid currency: ${currency}.`, `${at}[${currency}]`);
        const read = option.read(one, `${at}[${currency}]`);
        return read ? [[currency, read]] : [];
      }),
    );
  },
};

const exact = (amount: number | undefined, text: string | undefined): string | null =>
  text ?? (amount === undefined ? null : String(amount));
const whole = (amount: number | undefined, text: string | undefined): number | null =>
  amount ?? (text !== undefined && /^\d+$/.test(text) ? Number(text) : null);

/** Tiers as they are kept: in rising order, the last one without an end. */
export function tiersOf(sent: readonly Values<typeof tierShape>[], at = "tiers"): Tier[] {
  if (sent.length === 0) throw invalid(`Missing required param: ${at}.`, at, "parameter_missing");
  return sent.map((one, index) => {
    const last = index === sent.length - 1;
    const before = sent[index - 1]?.up_to;
    if (last !== (one.up_to === "inf"))
      throw invalid("The last tier, and no other, must have `up_to` set to `inf`.", `${at}[${index}][up_to]`);
    if (typeof one.up_to === "number" && typeof before === "number" && one.up_to <= before)
      throw invalid("Tiers must be sorted by `up_to` in ascending order.", `${at}[${index}][up_to]`);
    const priced = [one.flat_amount, one.flat_amount_decimal, one.unit_amount, one.unit_amount_decimal];
    if (priced.every((amount) => amount === undefined))
      throw invalid("Each tier needs a `unit_amount` or a `flat_amount`.", `${at}[${index}]`, "parameter_missing");
    return {
      flat_amount: whole(one.flat_amount, one.flat_amount_decimal),
      flat_amount_decimal: exact(one.flat_amount, one.flat_amount_decimal),
      unit_amount: whole(one.unit_amount, one.unit_amount_decimal),
      unit_amount_decimal: exact(one.unit_amount, one.unit_amount_decimal),
      up_to: typeof one.up_to === "number" ? one.up_to : null,
    };
  });
}

export function optionsOf(sent: Record<string, Values<typeof optionShape>>): Record<string, Option> {
  return Object.fromEntries(
    Object.entries(sent).map(([currency, one]) => [
      currency,
      {
        custom_unit_amount: null,
        tax_behavior: one.tax_behavior ?? "unspecified",
        ...(one.tiers ? { tiers: tiersOf(one.tiers, `currency_options[${currency}][tiers]`) } : {}),
        unit_amount: one.tiers ? null : whole(one.unit_amount, one.unit_amount_decimal),
        unit_amount_decimal: one.tiers ? null : exact(one.unit_amount, one.unit_amount_decimal),
      },
    ]),
  );
}

const each = (amount: string | null) => Number(amount ?? "0");

/** What one graduated tier costs: the units that fall into it, or its flat amount, each a line of its own. */
export interface TierPart {
  /** Counted from one. */
  tier: number;
  quantity: number;
  /** What a unit costs, or the flat amount. */
  each: string;
  flat: boolean;
  amount: number;
}

/** The lines that a quantity of a graduated price is made of, each rounded by itself, half a unit up. */
export function tierParts(tiers: readonly Tier[], quantity: number): TierPart[] {
  const parts: TierPart[] = [];
  let passed = 0;
  for (const [index, tier] of tiers.entries()) {
    const end = tier.up_to ?? Number.POSITIVE_INFINITY;
    const units = Math.min(quantity, end) - passed;
    const common = { tier: index + 1, flat: false };
    if (tier.unit_amount_decimal !== null && units > 0) {
      const amount = Math.round(each(tier.unit_amount_decimal) * units);
      parts.push({ ...common, quantity: units, each: tier.unit_amount_decimal, amount });
    }
    if (tier.flat_amount_decimal !== null && each(tier.flat_amount_decimal) > 0) {
      const amount = Math.round(each(tier.flat_amount_decimal));
      parts.push({ ...common, quantity: 1, each: tier.flat_amount_decimal, flat: true, amount });
    }
    if (quantity <= end) break;
    passed = end;
  }
  return parts;
}

/**
 * What a quantity costs by tiers. By volume all of it costs what the tier says that it reaches, rounded once; graduated, each
 * part costs what its own tier says. A tier's flat amount is added once when it is reached.
 */
export function tieredAmount(mode: Price["tiers_mode"], tiers: readonly Tier[], quantity: number): number {
  if (mode !== "volume") return tierParts(tiers, quantity).reduce((sum, part) => sum + part.amount, 0);
  const reached = tiers.find((tier) => quantity <= (tier.up_to ?? Number.POSITIVE_INFINITY));
  if (!reached) return 0;
  return Math.round(each(reached.unit_amount_decimal) * quantity + each(reached.flat_amount_decimal));
}

/** A price in another currency than its own, when it has one for it; undefined when it does not. */
export function inCurrency(price: Price, currency: string): Price | undefined {
  if (price.currency === currency) return price;
  const found = price.currency_options?.[currency];
  if (!found) return undefined;
  const { tiers, unit_amount, unit_amount_decimal } = found;
  const { tiers: _own, ...rest } = price;
  return { ...rest, currency, unit_amount, unit_amount_decimal, ...(tiers ? { tiers } : {}) };
}
