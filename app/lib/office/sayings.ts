import { wordsOf } from "../i18n/catalogues.ts";
import { fillMessage, type MessageKey } from "../i18n/translate.ts";
import type { Locale } from "../locale.ts";
import { shortenMiddle } from "../shorten.ts";
import { type StatusNoun, stateWord } from "../statuses.ts";

/** A sentence of the server's short English, and its words; `state` in it is one of the noun. */
export type Saying = readonly [says: RegExp, key: MessageKey, noun?: StatusNoun];

/** What stands in a blank, where that has words of its own; null: as everywhere. */
type Blank = (name: string, value: string) => string | null;

/** The same sentence in the reader's language; null: nobody gave it words. */
export function say(
  sayings: readonly Saying[],
  text: string,
  locale: Locale,
  blank: Blank = () => null,
): string | null {
  for (const [says, key, noun] of sayings) {
    const found = says.exec(text);
    if (!found) continue;
    const blanks = Object.entries(found.groups ?? {}).map(([name, value]) => {
      const own = value === undefined ? null : blank(name, value);
      return own === null ? filled(name, value ?? "", noun, locale) : [name, own];
    });
    return fillMessage(locale, key, Object.fromEntries(blanks));
  }
  return null;
}

function filled(name: string, value: string, noun: StatusNoun | undefined, locale: Locale): [string, string | number] {
  // One and several of a thing are said apart.
  if (name === "count" && /^\d+$/.test(value)) return [name, Number(value)];
  if (name === "state" && noun) return [name, stateWord(noun, value.replaceAll(" ", "_"), locale).toLowerCase()];
  if (name === "follows") return ["state", keyOr(`told.follows.${value}`, value, locale)];
  if (name === "decline") return ["why", keyOr(`checkout.decline.${value}`, value, locale)];
  if (name.startsWith("org")) return [name.slice(3).toLowerCase(), keyOr(`organizations.role.${value}`, value, locale)];
  if (name === "staffRole") return ["role", keyOr(`errors.role.${value}`, value, locale)];
  return [name, shortenIds(value)];
}

/** Provider ids of sixty characters say no more than their ends do. */
export function shortenIds(text: string): string {
  return text.replace(/\b[a-z]+_[A-Za-z0-9_]{24,}/g, (id) => shortenMiddle(id));
}

export function keyOr(key: string, value: string, locale: Locale): string {
  return isKey(key) ? fillMessage(locale, key) : value;
}

export function isKey(key: string): key is MessageKey {
  return Object.hasOwn(wordsOf("sv", key), key);
}
