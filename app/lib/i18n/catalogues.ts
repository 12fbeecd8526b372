import type { Locale } from "../locale.ts";
import { en } from "./en/index.ts";
import { sv } from "./sv/index.ts";

/** A text, or one per plural form, chosen by the parameter `count`. */
export type Message = string | { one: string; other: string };

export type Catalogue = typeof sv;
export type MessageKey = keyof Catalogue;
export type Words = Readonly<Record<MessageKey, Message>>;

export const catalogues: Record<Locale, Words> = { sv, en };

/**
 * The words of the area that a key belongs to, if not more: what is missing in them is nowhere. In the browser they are read
 * when the first of an area is asked for, see `scripts/words-as-text.ts`; nothing that is shown there asks for all of them.
 */
export function wordsOf(locale: Locale, _key: string): Words {
  return catalogues[locale];
}
