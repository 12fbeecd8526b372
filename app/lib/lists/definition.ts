import { z } from "zod";
import type { MessageKey, ParameterName } from "../i18n/translate.ts";
import { type StatusNoun, type StatusOf, statusView } from "../statuses.ts";

export type SortDirection = "asc" | "desc";

/** A message without blanks. */
type PlainKey = { [Key in MessageKey]: [ParameterName<Key>] extends [never] ? Key : never }[MessageKey];

/** One of a filter's choices. Those with a group stand under its name, in the order of their words. */
export type FilterChoice = { readonly value: string; readonly label: MessageKey; readonly group?: PlainKey };

/** How a filter is asked for in the bar above the list. Its name is the address's parameter. */
export type FilterField = {
  readonly label: PlainKey;
} & (
  | { readonly kind: "search" }
  | { readonly kind: "date" }
  | { readonly kind: "moment" }
  | { readonly kind: "choice"; readonly options: readonly FilterChoice[] }
);

/**
 * One list of the back office: what it may be filtered and sorted by, and where it is. Everything that a list does
 * (typed filters in the address, paging, columns, saved views, export, keys) follows from this and from its columns.
 */
export type ListDefinition<
  Filters extends Record<string, z.ZodType<string>> = Record<string, z.ZodType<string>>,
  Sort extends string = string,
  Within extends string = never,
> = {
  /** Short and stable: names the cookie of its columns, its saved views and its file of comma-separated values. */
  readonly name: string;
  readonly path: string;
  readonly title: PlainKey;
  /** What stands there when it is empty, and where to go on from there. */
  readonly empty: {
    readonly ever: PlainKey;
    /** What comes there, and by what; a list on a record's own page says it with the page's forms. */
    readonly why?: PlainKey;
    readonly filtered: PlainKey;
    readonly next: { readonly to: string; readonly label: PlainKey };
  };
  readonly filters: Filters;
  readonly fields: { readonly [Name in Exclude<keyof Filters, Within>]: FilterField };
  /** Of a list that stands on the page of one record: the filter that is that record's id, which nobody types. */
  readonly within?: string;
  /** Columns with an index to sort by, each with the direction that its heading begins with; the first is how the list opens. */
  readonly sorts: Readonly<Record<Sort, SortDirection>>;
};

export function defineList<
  Filters extends Record<string, z.ZodType<string>>,
  const Sort extends string = never,
  const Within extends string = never,
>(
  definition: ListDefinition<Filters, Sort, Within> & { readonly within?: Within },
): ListDefinition<Filters, Sort, Within> {
  return definition;
}

/** The list as it stands on a record's own page. */
export function listAt<Definition>(definition: Definition, path: string): Definition {
  return { ...definition, path };
}

/** What was asked for: only filters that were given and understood. */
export type FiltersOf<Filters extends Record<string, z.ZodType<string>>> = {
  readonly [Name in keyof Filters]?: z.output<Filters[Name]>;
};

/** What somebody typed to search by. */
export const searchText = z.string().max(200);
/** A day in the shop's time zone: `2026-11-20`. */
export const day = z.iso.date().refine((value) => value >= "1900");
/** A minute on the shop's clock, as a browser's field writes it: `2026-11-20T09:30`. */
export const moment = z.string().regex(/^(19|[2-9]\d)\d\d-\d\d-\d\dT\d\d:\d\d$/);

/** The states of something as the choices of a filter, in the words of the badges. */
export function stateChoice<Noun extends StatusNoun>(noun: Noun, states: readonly StatusOf<Noun>[]): FilterField {
  const options = states.map((state) => ({ value: state, label: statusView(noun, state).message }));
  return { kind: "choice", label: "office.state", options };
}
