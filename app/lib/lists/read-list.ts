import type { z } from "zod";
import type { FiltersOf, ListDefinition, SortDirection } from "./definition.ts";

/** The address of a list, read: what to ask the server for, and what the page needs to write addresses of its own. */
export type ListRequest<Filters extends Record<string, z.ZodType<string>>, Sort extends string> = {
  readonly filters: FiltersOf<Filters>;
  readonly sort: Sort | undefined;
  readonly direction: SortDirection | undefined;
  readonly cursor: string | undefined;
  /** Names of filters whose values mean nothing here; they are left out, and the page says so. */
  readonly refused: readonly string[];
  /** Filters and order as one canonical query, without the place in the list: equal views have equal queries. */
  readonly query: string;
};

/** Reads a list's address. What is not understood is left out and named, never guessed at. */
export function readList<Filters extends Record<string, z.ZodType<string>>, Sort extends string>(
  url: URL,
  definition: Pick<ListDefinition<Filters, Sort>, "filters" | "sorts">,
): ListRequest<Filters, Sort> {
  const parameters = url.searchParams;
  const refused: string[] = [];
  const filters: Record<string, string> = {};
  for (const [name, schema] of Object.entries(definition.filters)) {
    const given = parameters.get(name)?.trim();
    if (!given) continue;
    const parsed = schema.safeParse(given);
    if (parsed.success) filters[name] = parsed.data;
    else refused.push(name);
  }
  const sorts = Object.entries(definition.sorts) as [Sort, SortDirection][];
  const [sort, usual] = sorts.find(([name]) => name === parameters.get("sort")) ?? sorts[0] ?? [undefined, undefined];
  const direction = readDirection(parameters.get("dir")) ?? usual;
  const canonical = new URLSearchParams(filters);
  if (sort !== undefined && direction !== undefined && (sort !== sorts[0]?.[0] || direction !== usual)) {
    canonical.set("sort", sort);
    canonical.set("dir", direction);
  }
  return {
    filters: filters as FiltersOf<Filters>,
    sort,
    direction,
    cursor: parameters.get("cursor") || undefined,
    refused,
    query: canonical.toString(),
  };
}

function readDirection(text: string | null): SortDirection | undefined {
  return text === "asc" || text === "desc" ? text : undefined;
}

/** The list's address with some of its parameters changed; null takes one away. The place in the list is always left. */
export function listHref(path: string, query: string, changes: Readonly<Record<string, string | null>> = {}): string {
  const parameters = new URLSearchParams(query);
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) parameters.delete(name);
    else parameters.set(name, value);
  }
  return parameters.size > 0 ? `${path}?${parameters}` : path;
}
