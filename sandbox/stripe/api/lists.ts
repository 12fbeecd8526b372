import type { Stored } from "../../store/collection.ts";
import type { PageQuery } from "../../store/page-query.ts";
import { type List, listOf } from "../wire.ts";
import { invalid, missing } from "./errors.ts";

export interface PagingValues {
  limit?: number | undefined;
  starting_after?: string | undefined;
  ending_before?: string | undefined;
}

/** What can be paged: a collection, or the log of events. */
interface Paged<T> {
  name: string;
  get(id: string): T | undefined;
  page(query: PageQuery<T>): { data: T[]; hasMore: boolean };
}

/** A page of a collection as the provider answers it: newest first, ten unless told. */
export function pageOf<T extends Stored>(
  url: string,
  from: Paged<T>,
  paging: PagingValues,
  query: Omit<PageQuery<T>, "limit" | "startingAfter" | "endingBefore"> = {},
): List<T> {
  const { starting_after: after, ending_before: before } = paging;
  if (after !== undefined && before !== undefined) {
    throw invalid("You cannot use both `starting_after` and `ending_before`.", undefined, "parameters_exclusive");
  }
  if (after !== undefined && !from.get(after)) throw missing(from.name, after, "starting_after", false);
  if (before !== undefined && !from.get(before)) throw missing(from.name, before, "ending_before", false);
  const page = from.page({
    ...query,
    limit: paging.limit ?? 10,
    ...(after === undefined ? {} : { startingAfter: after }),
    ...(before === undefined ? {} : { endingBefore: before }),
  });
  return listOf(url, page.data, page.hasMore);
}

/** The filters that were really sent, as keys of indexes. */
export function sent(filters: Record<string, string | null | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(filters).filter((pair): pair is [string, string] => typeof pair[1] === "string"),
  );
}

/** Pages a list that is embedded in an object. */
export function slice<T extends { id: string }>(url: string, all: readonly T[], paging: PagingValues): List<T> {
  const after = all.findIndex((one) => one.id === paging.starting_after);
  const start = paging.starting_after === undefined ? 0 : after + 1;
  const limit = paging.limit ?? 10;
  return listOf(url, all.slice(start, start + limit), all.length > start + limit);
}
