import { formatMoney } from "../format/money.ts";
import type { Translate } from "../i18n/translate.ts";
import type { Locale } from "../locale.ts";
import { optionName } from "./option-words.ts";
import { type ProductFilter, productsHref, withoutOption } from "./product-filter.ts";

type Facets = {
  readonly categories: readonly { value: string; label: string }[];
  readonly options: readonly { name: string; values: readonly { code: string; label: string }[] }[];
};

/** Everything the list is narrowed to, in words, each with the address that is without it. */
export function productTokens(filter: ProductFilter, facets: Facets, t: Translate, locale: Locale) {
  const kronor = (sum: number) => formatMoney({ amount: sum * 100, currency: "SEK" }, locale, "shop");
  const tokens: { label: string; removeHref: string }[] = [];
  const add = (label: string, without: ProductFilter) => tokens.push({ label, removeHref: productsHref(without) });
  if (filter.q) add(`”${filter.q}”`, { ...filter, q: "" });
  if (filter.category) {
    const label = facets.categories.find((one) => one.value === filter.category)?.label ?? filter.category;
    add(label, { ...filter, category: "" });
  }
  for (const [name, codes] of Object.entries(filter.options)) {
    const values = facets.options.find((one) => one.name === name)?.values ?? [];
    for (const code of codes) {
      const value = values.find((one) => one.code === code)?.label ?? code;
      add(`${optionName(t, name)}: ${value}`, withoutOption(filter, name, code));
    }
  }
  if (filter.from !== null)
    add(t("shop.products.price.fromToken", { sum: kronor(filter.from) }), { ...filter, from: null });
  if (filter.to !== null) add(t("shop.products.price.toToken", { sum: kronor(filter.to) }), { ...filter, to: null });
  if (filter.inStock) add(t("shop.stock.inStock"), { ...filter, inStock: false });
  return tokens;
}
