import { INTL_TAG, type Locale } from "../locale.ts";
import { type Catalogue, type Message, type MessageKey, wordsOf } from "./catalogues.ts";

export type { Message, MessageKey };

type Names<Text> = Text extends `${string}{${infer Name}}${infer Rest}` ? Name | Names<Rest> : never;
type FormsOf<Entry> = Entry extends { one: infer One; other: infer Other } ? One | Other : Entry;
type PluralCount<Entry> = Entry extends { one: unknown } ? "count" : never;

/** The names a message asks for, read from its Swedish text. */
export type ParameterName<Key extends MessageKey> = Names<FormsOf<Catalogue[Key]>> | PluralCount<Catalogue[Key]>;
export type Parameters<Key extends MessageKey> = Record<ParameterName<Key>, string | number>;

/** No second argument where the message has no blanks, every blank where it has some. */
export type Arguments<Key extends MessageKey> = [ParameterName<Key>] extends [never] ? [] : [Parameters<Key>];

export type Translate = <Key extends MessageKey>(key: Key, ...args: Arguments<Key>) => string;

// Made once: making one takes longer than a hundred uses.
const plurals = { sv: new Intl.PluralRules(INTL_TAG.sv), en: new Intl.PluralRules(INTL_TAG.en) };
const numbers = { sv: new Intl.NumberFormat(INTL_TAG.sv), en: new Intl.NumberFormat(INTL_TAG.en) };

const translators: Record<Locale, Translate> = {
  sv: (key, ...args) => fillMessage("sv", key, args[0]),
  en: (key, ...args) => fillMessage("en", key, args[0]),
};

/** `t(locale)("shop.cart.count", { count: 2 })`. Numbers are written as the language writes them. */
export function t(locale: Locale): Translate {
  return translators[locale];
}

/** The message cut at its blanks, for sentences with a link or a `<time>` inside. */
export function messageParts(
  locale: Locale,
  key: MessageKey,
  count?: number,
): Array<{ text: string } | { name: string }> {
  return pick(locale, wordsOf(locale, key)[key], count)
    .split(/(\{[^}]+\})/)
    .filter((part) => part !== "")
    .map((part) => (part.startsWith("{") ? { name: part.slice(1, -1) } : { text: part }));
}

/** For a key that is only known at run time (a status, an error code); where it is written out, `t` checks its blanks. */
export function fillMessage(locale: Locale, key: MessageKey, values?: Record<string, string | number>): string {
  const count = values?.count;
  const text = pick(locale, wordsOf(locale, key)[key], typeof count === "number" ? count : undefined);
  return values ? text.replaceAll(/\{([^}]+)\}/g, (blank, name: string) => write(locale, values[name]) ?? blank) : text;
}

function pick(locale: Locale, message: Message, count: number | undefined): string {
  if (typeof message === "string") return message;
  return plurals[locale].select(count ?? 0) === "one" ? message.one : message.other;
}

function write(locale: Locale, value: string | number | undefined): string | undefined {
  if (typeof value !== "number") return value;
  return numbers[locale].format(value).replaceAll("-", "\u2212");
}
