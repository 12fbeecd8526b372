import { html } from "hono/html";
import { type CustomField, defaultOf } from "../checkout/custom-fields.ts";
import type { Language } from "../portal-page/words.ts";
import type { ErrorWord } from "./error-words.ts";
import type { Html } from "./layout.ts";
import { checkoutWords } from "./words.ts";

/** What was answered to the shop's own questions, and what is wrong with it; both by the fields' keys. */
export interface Answers {
  values: Record<string, string>;
  errors: Record<string, ErrorWord>;
}

const nameOf = (key: string): string => `custom.${key}`;

/** What the fields hold when nothing was answered yet, or what was answered before. */
export function firstAnswers(fields: readonly CustomField[], known: Record<string, string> = {}): Answers {
  return { values: Object.fromEntries(fields.map((one) => [one.key, known[one.key] ?? defaultOf(one)])), errors: {} };
}

function errorOf(field: CustomField, value: string): ErrorWord | undefined {
  if (value === "") return field.optional ? undefined : "answer";
  if (field.dropdown) return field.dropdown.options.some((one) => one.value === value) ? undefined : "answerChoice";
  if (field.numeric && !/^\d+$/.test(value)) return "answerDigits";
  const { minimum_length: least, maximum_length: most } = field.numeric ?? field.text ?? {};
  if (value.length > (most ?? 255)) return "answerLong";
  return value.length < (least ?? 0) ? "answerShort" : undefined;
}

/** The answers as they were sent, each held against what its field takes. */
export function readAnswers(fields: readonly CustomField[], form: FormData): Answers {
  const values = Object.fromEntries(fields.map((one) => [one.key, String(form.get(nameOf(one.key)) ?? "").trim()]));
  const errors = fields.flatMap((one): [string, ErrorWord][] => {
    const error = errorOf(one, values[one.key] ?? "");
    return error ? [[one.key, error]] : [];
  });
  return { values, errors: Object.fromEntries(errors) };
}

/** The shop's own questions, each a labeled field with its error under it. */
export function customFields(language: Language, fields: readonly CustomField[], answers: Answers): Html | string {
  if (fields.length === 0) return "";
  const words = checkoutWords[language];
  const rows = fields.map((field) => {
    const [name, value, error] = [nameOf(field.key), answers.values[field.key] ?? "", answers.errors[field.key]];
    const id = `custom-${field.key}`;
    const told = error ? html` aria-invalid="true" aria-describedby="${id}-error"` : "";
    const input = field.dropdown
      ? html`<select id="${id}" name="${name}"${told}><option value=""${value === "" ? html` selected` : ""}>${words.choose}</option>
${field.dropdown.options.map((one) => html`<option value="${one.value}"${one.value === value ? html` selected` : ""}>${one.label}</option>`)}</select>`
      : html`<input id="${id}" name="${name}" value="${value}" autocomplete="off"${field.numeric ? html` inputmode="numeric"` : ""}${told}>`;
    return html`<div><label for="${id}">${field.label.custom}${field.optional ? html` <small>${words.optional}</small>` : ""}</label>
${input}${error ? html`<p class="error" id="${id}-error">${words.errors[error]}</p>` : ""}</div>`;
  });
  return html`<fieldset><legend>${words.questions}</legend>${rows}</fieldset>`;
}
