import type { z } from "zod";
import { DomainError } from "../kernel/errors.ts";
import type { shelfInput } from "./input.ts";
import type { ShelfItem } from "./shelf.ts";

type Paging = Pick<z.output<typeof shelfInput>, "sort" | "cursor" | "limit" | "locale">;

/** What the shop's own order is made of. */
export type ShelfOrder = { position(id: string): number; createdAt(id: string): Date };

/**
 * One page of a sorted list. The cursor holds what the last product was sorted by and its id, so that a page goes on where
 * the one before ended, whatever came or went meanwhile. Throws `page.bad_cursor`.
 */
export function shelfPage(
  items: readonly ShelfItem[],
  paging: Paging,
  order: ShelfOrder,
): { items: ShelfItem[]; nextCursor: string | null } {
  const keyOf = sortKey(paging, order);
  const sorted = items
    .map((item) => ({ item, at: { key: keyOf(item), id: item.id } }))
    .toSorted((a, b) => compare(a.at, b.at));
  const after = readCursor(paging);
  const rest = after ? sorted.filter(({ at }) => compare(at, after) > 0) : sorted;
  const shown = rest.slice(0, paging.limit);
  const last = shown.at(-1);
  return {
    items: shown.map(({ item }) => item),
    nextCursor: last && rest.length > shown.length ? writeCursor(paging.sort, last.at) : null,
  };
}

type Place = { readonly key: number | string; readonly id: string };

function sortKey({ sort, locale }: Paging, order: ShelfOrder): (item: ShelfItem) => number | string {
  switch (sort) {
    case "name":
      return ({ name }) => name[locale].toLocaleLowerCase(locale);
    case "price":
      return ({ variants }) => Math.min(...variants.map(({ price }) => price.amount));
    case "price_desc":
      return ({ variants }) => -Math.min(...variants.map(({ price }) => price.amount));
    case "newest":
      return ({ id }) => -order.createdAt(id).getTime();
    default:
      return ({ id }) => order.position(id);
  }
}

const swedish = new Intl.Collator("sv");

function compare(a: Place, b: Place): number {
  const byKey =
    typeof a.key === "number" && typeof b.key === "number"
      ? a.key - b.key
      : swedish.compare(String(a.key), String(b.key));
  return byKey || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}

function writeCursor(sort: string, { key, id }: Place): string {
  return Buffer.from(JSON.stringify([sort, key, id])).toString("base64url");
}

function readCursor({ sort, cursor }: Paging): Place | null {
  if (!cursor) return null;
  try {
    const [of, key, id] = JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
    if (of === sort && (typeof key === "number" || typeof key === "string") && typeof id === "string")
      return { key, id };
  } catch {
    // Not one of ours, like a cursor of another order.
  }
  throw new DomainError("page.bad_cursor", "invalid", "This list has changed. Start from its beginning.");
}
