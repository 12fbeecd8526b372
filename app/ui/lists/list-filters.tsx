import { useLocale, useT } from "~/lib/i18n/language.tsx";
import { fillMessage, type MessageKey } from "~/lib/i18n/translate.ts";
import type { FilterChoice, FilterField, ListDefinition } from "~/lib/lists/definition.ts";
import type { ListView } from "~/lib/lists/list-view.ts";
import { listHref } from "~/lib/lists/read-list.ts";
import type { Locale } from "~/lib/locale.ts";
import { Field } from "../field.tsx";
import { FilterBar } from "../filter-bar.tsx";
import { type Option, Select } from "../select.tsx";

/** A list's filters: a form of its fields, and a token for each that is set, which takes it away. */
export function ListFilters({ definition, list }: { definition: ListDefinition; list: ListView }) {
  const t = useT();
  const locale = useLocale();
  const fields = Object.entries(definition.fields);
  const tokens = fields.flatMap(([name, field]) => {
    const value = list.filters[name];
    if (value === undefined) return [];
    const label = t("lists.token", { what: t(field.label), value: valueWord(field, value, locale) });
    return [{ label, removeHref: listHref(definition.path, list.query, { [name]: null }) }];
  });
  const order = new URLSearchParams(list.query);
  return (
    <FilterBar label={t(definition.title)} tokens={tokens} clearHref={tokens.length > 1 ? definition.path : undefined}>
      {fields.map(([name, field]) => (
        <OneFilter key={`${name}:${list.filters[name] ?? ""}`} name={name} field={field} value={list.filters[name]} />
      ))}
      {["sort", "dir"].map((name) => {
        const value = order.get(name);
        return value === null ? null : <input key={name} type="hidden" name={name} value={value} />;
      })}
    </FilterBar>
  );
}

function OneFilter({ name, field, value }: { name: string; field: FilterField; value: string | undefined }) {
  const t = useT();
  const locale = useLocale();
  const label = t(field.label);
  switch (field.kind) {
    case "search":
      return <Field compact type="search" name={name} label={label} defaultValue={value} data-list-search />;
    case "date":
      return <Field compact type="date" name={name} label={label} defaultValue={value} />;
    case "moment":
      return <Field compact type="datetime-local" name={name} label={label} defaultValue={value} />;
    case "choice": {
      const known = value === undefined || field.options.some((option) => option.value === value);
      const options = [
        { value: "", label: t("office.allStates") },
        // An address from before may ask for what is no choice any more: it stays what is asked for.
        ...(known ? [] : [{ value, label: value }]),
        ...inGroups(
          field.options.map((option) => choiceOf(option, locale)),
          locale,
        ),
      ];
      return <Select compact name={name} label={label} options={options} defaultValue={value ?? ""} />;
    }
  }
}

function choiceOf({ value, label, group }: FilterChoice, locale: Locale): Option {
  return { value, label: plain(locale, label), ...(group ? { group: plain(locale, group) } : {}) };
}

/** By group and then by word, in the order of the reader's language, where there are groups; else as they are. */
function inGroups(options: readonly Option[], locale: Locale): readonly Option[] {
  // Without a language named, a browser sorts by its own and the page it was sent does not hydrate.
  const compare = (one = "", other = "") => one.localeCompare(other, locale);
  return options.some(({ group }) => group)
    ? options.toSorted((a, b) => compare(a.group, b.group) || compare(a.label, b.label))
    : options;
}

function valueWord(field: FilterField, value: string, locale: Locale): string {
  const option = field.kind === "choice" ? field.options.find((one) => one.value === value) : undefined;
  if (option) return plain(locale, option.label);
  return field.kind === "moment" ? value.replace("T", " ") : value;
}

/** A label whose blanks, where a state has any ("ends {date}"), stay empty. */
function plain(locale: Locale, key: MessageKey): string {
  return fillMessage(locale, key, { date: "", time: "" }).trim();
}
