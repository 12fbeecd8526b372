import type { ShopVariant, Texts } from "./shop-item.ts";

type Color = { readonly code: string; readonly name: Texts };
/** How many lie in the warehouse and at the front desk. */
type Stock = readonly [number, number];

export const BLACK: Color = { code: "black", name: { sv: "Svart", en: "Black" } };
export const UNDYED: Color = { code: "undyed", name: { sv: "Ofärgad", en: "Undyed" } };
export const YELLOW: Color = { code: "yellow", name: { sv: "Gul", en: "Yellow" } };
export const GREEN: Color = { code: "green", name: { sv: "Mossgrön", en: "Moss green" } };
export const GRAY: Color = { code: "gray", name: { sv: "Grå", en: "Gray" } };

/** A garment in colors and sizes; `stock` by `color size`, where it is not the usual. */
export function garment(
  productId: string,
  colors: readonly Color[],
  sizes: readonly string[],
  stock: Readonly<Record<string, Stock>> = {},
): ShopVariant[] {
  return colors.flatMap((color) =>
    sizes.map((size) => ({
      id: `${productId}-${color.code}-${size.toLowerCase()}`,
      sku: `KV-${productId}-${color.code}-${size}`.toUpperCase(),
      options: { color: color.name, size: { sv: size, en: size } },
      stock: stock[`${color.code} ${size}`] ?? ([40, 8] as const),
    })),
  );
}

export function inColors(
  productId: string,
  colors: readonly Color[],
  stock: Readonly<Record<string, Stock>> = {},
): ShopVariant[] {
  return colors.map((color) => ({
    id: `${productId}-${color.code}`,
    sku: `KV-${productId}-${color.code}`.toUpperCase(),
    options: { color: color.name },
    stock: stock[color.code] ?? ([60, 20] as const),
  }));
}

/** One option that is no color: a size, a weight, how hard something is. */
export function inForms(
  productId: string,
  option: string,
  forms: readonly (Color & { readonly stock?: Stock })[],
): ShopVariant[] {
  return forms.map(({ code, name, stock = [30, 10] }) => ({
    id: `${productId}-${code}`,
    sku: `KV-${productId}-${code}`.toUpperCase(),
    options: { [option]: name },
    stock,
  }));
}

/** Without `stock` it is not counted. */
export function single(productId: string, stock?: Stock): ShopVariant[] {
  return [{ id: `${productId}-one`, sku: `KV-${productId}`.toUpperCase(), options: {}, ...(stock && { stock }) }];
}
