import type { z } from "zod";
import { fold } from "../catalog/index.ts";
import type { shelfInput } from "./input.ts";
import { optionCode, type ShelfItem } from "./shelf.ts";
import { type ShelfOrder, shelfPage } from "./shelf-page.ts";

type Filter = z.output<typeof shelfInput>;
type Texts = { readonly sv: string; readonly en: string };

/** What the list can be narrowed down to, made of everything of its kind, so that a filter never hides the others. */
export type ShelfFacets = {
  readonly categories: readonly string[];
  /** By option name, in the order in which the products name them. */
  readonly options: Readonly<Record<string, readonly { readonly code: string; readonly label: Texts }[]>>;
  readonly price: { readonly from: number; readonly to: number } | null;
};

export type ShelfList = {
  readonly items: readonly ShelfItem[];
  /** How many match, on all pages together. */
  readonly total: number;
  readonly nextCursor: string | null;
  readonly facets: ShelfFacets;
};

/**
 * What a visitor's list shows of the shelf: filtered, sorted by what they asked for, one page of it. `found` are the ids
 * that the words of the search led to, the best first; null when nothing was searched for. Pure. Throws
 * `page.bad_cursor`.
 */
export function browseShelf(
  all: readonly ShelfItem[],
  filter: Filter,
  found: readonly string[] | null,
  order: ShelfOrder,
): ShelfList {
  const { items: ofKind, facets } = partOf(all, filter.kind);
  const matching = ofKind.filter((item) => isFound(item, filter, found) && fits(item, filter));
  const page = shelfPage(matching, filter, order);
  return { ...page, total: matching.length, facets };
}

type Part = { readonly items: readonly ShelfItem[]; readonly facets: ShelfFacets };
const parts = new WeakMap<readonly ShelfItem[], Map<Filter["kind"], Part>>();

/** What is of a kind, and how it can be narrowed down: found once for each shelf, which stands for many visitors. */
function partOf(all: readonly ShelfItem[], kind: Filter["kind"]): Part {
  const known = parts.get(all) ?? new Map<Filter["kind"], Part>();
  parts.set(all, known);
  let part = known.get(kind);
  if (!part) {
    const items = all.filter((item) => kind === undefined || item.kind === kind);
    part = { items, facets: facetsOf(items) };
    known.set(kind, part);
  }
  return part;
}

/** Led to by the index of words, or by a part of its name: compound words are searched by their second half too. */
function isFound({ id, name }: ShelfItem, { q = "" }: Filter, found: readonly string[] | null): boolean {
  const part = fold(q.trim());
  if (part === "") return true;
  return (found?.includes(id) ?? false) || fold(`${name.sv}\n${name.en}`).includes(part);
}

function fits(item: ShelfItem, filter: Filter): boolean {
  if (filter.category !== undefined && item.category !== filter.category) return false;
  const wanted = Object.entries(filter.options ?? {}).filter(([, codes]) => codes.length > 0);
  const { priceFrom = 0, priceTo = Number.MAX_SAFE_INTEGER } = filter;
  return item.variants.some(
    ({ codes, price, stock }) =>
      wanted.every(([name, any]) => any.includes(codes[name] ?? "")) &&
      price.amount >= priceFrom &&
      price.amount <= priceTo &&
      !(filter.inStock && stock.state === "sold_out"),
  );
}

function facetsOf(items: readonly ShelfItem[]): ShelfFacets {
  const options = new Map<string, Map<string, Texts>>();
  for (const { optionNames, variants } of items) {
    for (const name of optionNames) {
      const values = options.get(name) ?? new Map<string, Texts>();
      options.set(name, values);
      for (const variant of variants) {
        const label = variant.options[name];
        if (label) values.set(optionCode(label), label);
      }
    }
  }
  const amounts = items.flatMap(({ variants }) => variants.map(({ price }) => price.amount));
  return {
    categories: [...new Set(items.map(({ category }) => category))],
    options: Object.fromEntries(
      [...options].map(([name, values]) => [name, [...values].map(([code, label]) => ({ code, label }))]),
    ),
    price: amounts.length === 0 ? null : { from: Math.min(...amounts), to: Math.max(...amounts) },
  };
}
