import type { CatalogVariant } from "./catalog-types.ts";

/** What is chosen of each option: `{ color: "black", size: "m" }`. */
export type Picks = Readonly<Record<string, string>>;

/** The form that these picks name; null when it is not made. */
export function pickedVariant(variants: readonly CatalogVariant[], names: readonly string[], picks: Picks) {
  return variants.find((variant) => names.every((name) => variant.codes[name] === picks[name])) ?? null;
}

/** What is chosen to begin with: what the address asks for as far as it is made, else the first that can be bought. */
export function firstPicks(variants: readonly CatalogVariant[], names: readonly string[], asked: Picks): Picks {
  const fits = (variant: CatalogVariant) => names.every((name) => !asked[name] || variant.codes[name] === asked[name]);
  const exact = names.every((name) => asked[name]) ? asked : null;
  const chosen =
    variants.find((variant) => fits(variant) && variant.stock.state !== "sold_out") ??
    variants.find(fits) ??
    variants.find((variant) => variant.stock.state !== "sold_out") ??
    variants[0];
  return exact ?? chosen?.codes ?? {};
}

export type OptionValue = {
  readonly code: string;
  readonly label: string;
  /** As things are chosen otherwise: not made together, sold out, or how many are left when they are few. */
  readonly state: "missing" | "sold_out" | "available";
  readonly left: number | null;
};

/** The values of one option with what they lead to while the other options stay as they are chosen. */
export function optionValues(
  variants: readonly CatalogVariant[],
  names: readonly string[],
  name: string,
  picks: Picks,
): OptionValue[] {
  const values = new Map(variants.map((variant) => [variant.codes[name] ?? "", variant.options[name] ?? ""]));
  return [...values].map(([code, label]) => {
    const variant = pickedVariant(variants, names, { ...picks, [name]: code });
    const state = !variant ? "missing" : variant.stock.state === "sold_out" ? "sold_out" : "available";
    return { code, label, state, left: variant?.stock.left ?? null };
  });
}
