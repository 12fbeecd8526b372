import type { LoaderFunctionArgs } from "@remix-run/node";
import type { z } from "zod";
import type { SavedView } from "../../../server/reporting/saved-views.ts";
import { columnsCookie, readColumns } from "./columns-cookie.ts";
import type { FiltersOf, ListDefinition, SortDirection } from "./definition.ts";
import { readList } from "./read-list.ts";

/** What a page of a list is shown with, as plain data: see `ListPage` in app/ui. */
export type ListView = {
  readonly filters: Readonly<Record<string, string>>;
  readonly refused: readonly string[];
  readonly query: string;
  /** Of a list on a record's own page: which record, as the filter that its file is asked for with. */
  readonly within: Readonly<Record<string, string>>;
  readonly sort: string | undefined;
  readonly direction: SortDirection | undefined;
  /** The columns that somebody chose in this browser; null: all of them. */
  readonly columns: readonly string[] | null;
  readonly views: readonly SavedView[];
  readonly nextCursor: string | null;
  readonly previousCursor: string | null;
  /** This is not the first page, but there is nothing before it that could be asked for. */
  readonly lost: boolean;
  readonly total: { readonly count: number; readonly more: boolean } | null;
};

type ServerPage = {
  readonly items: readonly unknown[];
  readonly nextCursor: string | null;
  readonly previousCursor?: string | null;
  readonly total?: { readonly count: number; readonly more: boolean } | null;
};

/** What a list's procedure takes besides its filters. */
type Place<Sort> = {
  readonly cursor: string | undefined;
  readonly sort: Sort | undefined;
  readonly direction: SortDirection | undefined;
};

/**
 * Reads a list's address and, once the server has answered, puts together what the page is shown with:
 * `const asked = openList(args, ordersList); const page = await caller.orders.list({ ...asked.filters, ...asked.place });
 * return { orders: page.items, list: await asked.view(page) }`.
 */
export function openList<Filters extends Record<string, z.ZodType<string>>, Sort extends string>(
  { request, context }: Pick<LoaderFunctionArgs, "request" | "context">,
  definition: Pick<ListDefinition<Filters, Sort>, "name" | "filters" | "sorts">,
  within: Readonly<Record<string, string>> = {},
): {
  readonly filters: FiltersOf<Filters>;
  readonly place: Place<Sort>;
  view(page: ServerPage): Promise<ListView>;
} {
  const url = new URL(request.url);
  for (const name of Object.keys(within)) url.searchParams.delete(name);
  const asked = readList(url, definition);
  const { filters, sort, direction, cursor, query, refused } = asked;
  return {
    filters,
    place: { cursor, sort, direction },
    view: async (page) => ({
      filters: filters as Record<string, string>,
      refused,
      query,
      within,
      sort,
      direction,
      columns: readColumns(context.cookieValue(columnsCookie(definition.name))),
      views: await context.caller.reporting.views.list({ list: definition.name }),
      nextCursor: page.nextCursor,
      previousCursor: page.previousCursor ?? null,
      lost: cursor !== undefined && !page.previousCursor,
      total: page.total ?? null,
    }),
  };
}
