import { formatMoney } from "../format/money.ts";
import { fillMessage } from "../i18n/translate.ts";
import type { Locale } from "../locale.ts";
import { keyOr } from "./sayings.ts";

const MOVED = /^\S+ at (?<place>\S+): (?<sign>[+-])(?<count>\d+)(?:; (?<why>\w+))?(?:; (?<note>.+))?$/s;
const PRICED = /^(?<amount>\d+) (?<currency>[A-Z]{3}) (?<every>once|day|week|month|year) (?<of>.+)$/;

/** `var_… at warehouse: +5; received; a crate`: how many came or went, where, and why. Null for anything else. */
export function movedWords(text: string, locale: Locale): string | null {
  const found = MOVED.exec(text)?.groups;
  if (!found) return null;
  const { place = "", sign, count = "", why, note } = found;
  const said = why === undefined ? [] : [keyOr(`products.reason.${why}`, why, locale)];
  const moved = fillMessage(locale, "told.moved", { count: `${sign === "-" ? "−" : "+"}${count}`, place });
  return [moved, ...said, ...(note === undefined ? [] : [note])].join(", ");
}

/** `29950 SEK once every variant`: what it costs, how often, and which variant. Null for anything else. */
export function pricedWords(text: string, locale: Locale): string | null {
  const found = PRICED.exec(text)?.groups;
  if (!found) return null;
  const { amount, currency = "", every = "", of = "" } = found;
  const sum = formatMoney({ amount: Number(amount), currency }, locale, "ledger", { withCode: false });
  const which = of === "every variant" ? fillMessage(locale, "products.everyVariant").toLowerCase() : of;
  return [sum, keyOr(`told.every.${every}`, every, locale), which].join(", ");
}
