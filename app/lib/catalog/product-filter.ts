/** What a visitor narrowed the shop's list to. All of it stands in the address, prices in whole units of the currency. */
export type ProductFilter = {
  readonly q: string;
  readonly category: string;
  /** Option name → codes: any of one name, all names together. */
  readonly options: Readonly<Record<string, readonly string[]>>;
  readonly from: number | null;
  readonly to: number | null;
  readonly inStock: boolean;
  readonly sort: ProductSort;
};

export const PRODUCT_SORTS = ["position", "name", "price", "price_desc", "newest"] as const;
export type ProductSort = (typeof PRODUCT_SORTS)[number];
/** The options that the list can be narrowed by, by their name in the address. */
export const FILTER_OPTIONS = ["color", "size", "resistance", "surface"] as const;
const MINOR_UNITS = 100;

export function productFilter(search: URLSearchParams): ProductFilter {
  const whole = (name: string) => {
    const text = search.get(name) ?? "";
    return /^\d{1,7}$/.test(text) ? Number(text) : null;
  };
  const codes = (name: string) => [
    ...new Set(search.getAll(name).filter((code) => /^[\p{L}\p{N}-]{1,40}$/u.test(code))),
  ];
  return {
    q: (search.get("q") ?? "").trim().slice(0, 100),
    category: (search.get("category") ?? "").trim().slice(0, 60),
    options: Object.fromEntries(
      FILTER_OPTIONS.map((name) => [name, codes(name).slice(0, 20)] as const).filter(([, values]) => values.length > 0),
    ),
    from: whole("from"),
    to: whole("to"),
    inStock: search.get("stock") === "1",
    sort: PRODUCT_SORTS.find((sort) => sort === search.get("sort")) ?? "position",
  };
}

/** The same as the shop's procedure takes it. */
export function filterInput(filter: ProductFilter) {
  return {
    q: filter.q || undefined,
    category: filter.category || undefined,
    options: Object.fromEntries(Object.entries(filter.options).map(([name, codes]) => [name, [...codes]])),
    priceFrom: filter.from === null ? undefined : filter.from * MINOR_UNITS,
    priceTo: filter.to === null ? undefined : filter.to * MINOR_UNITS,
    inStock: filter.inStock || undefined,
    sort: filter.sort,
  };
}

/** The address of a list; what is not narrowed does not stand in it. */
export function productsHref(filter: ProductFilter, cursor?: string | null): string {
  const search = new URLSearchParams();
  if (filter.q) search.set("q", filter.q);
  if (filter.category) search.set("category", filter.category);
  for (const [name, codes] of Object.entries(filter.options)) for (const code of codes) search.append(name, code);
  if (filter.from !== null) search.set("from", String(filter.from));
  if (filter.to !== null) search.set("to", String(filter.to));
  if (filter.inStock) search.set("stock", "1");
  if (filter.sort !== "position") search.set("sort", filter.sort);
  if (cursor) search.set("cursor", cursor);
  return search.size > 0 ? `/products?${search}` : "/products";
}

/** Without one value of an option. */
export function withoutOption(filter: ProductFilter, name: string, code: string): ProductFilter {
  const options = { ...filter.options, [name]: (filter.options[name] ?? []).filter((one) => one !== code) };
  return { ...filter, options };
}

/** How many things the list is narrowed by, words and order apart: shown where the filters are folded away. */
export function narrowedBy(filter: ProductFilter): number {
  const codes = Object.values(filter.options).reduce((count, one) => count + one.length, 0);
  return codes + Number(filter.from !== null) + Number(filter.to !== null) + Number(filter.inStock);
}
