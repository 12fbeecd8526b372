import { html } from "hono/html";
import type { Language } from "../portal-page/words.ts";
import type { FieldErrors, FieldName, FieldValues } from "./form.ts";
import type { Html } from "./layout.ts";
import { type CheckoutWords, checkoutWords } from "./words.ts";

export interface FieldState {
  language: Language;
  values: FieldValues;
  errors: FieldErrors;
}

type LabelWord = {
  [Word in keyof CheckoutWords]: CheckoutWords[Word] extends string ? Word : never;
}[keyof CheckoutWords];

interface FieldOf {
  name: FieldName;
  label: LabelWord;
  type?: string;
  autocomplete: string;
  inputmode?: string;
  placeholder?: string;
  /** Drawn inside the field, at its end. */
  mark?: Html;
}

/** A word in the page's language; beside Swedish its English name for whoever drives the page by name. */
export function named(language: Language, word: LabelWord): Html {
  const own = checkoutWords[language][word];
  const english = checkoutWords.en[word];
  return own === english ? html`${own}` : html`${own}<span class="unseen" lang="en"> ${english}</span>`;
}

function firstError(state: FieldState): string | undefined {
  return Object.keys(state.errors)[0];
}

/** A labeled input, with its error under it; the first one with an error takes the focus. */
export function field(state: FieldState, of: FieldOf): Html {
  const word = state.errors[of.name];
  const input = html`<input id="${of.name}" name="${of.name}" type="${of.type ?? "text"}" value="${state.values[of.name]}" autocomplete="${of.autocomplete}"
${of.inputmode ? html` inputmode="${of.inputmode}"` : ""}${of.placeholder ? html` placeholder="${of.placeholder}"` : ""} spellcheck="false" autocapitalize="off"
${word ? html` aria-invalid="true" aria-describedby="${of.name}-error"` : ""}${firstError(state) === of.name ? html` autofocus` : ""}>`;
  return html`<div><label for="${of.name}">${named(state.language, of.label)}</label>
${of.mark !== undefined ? html`<span class="marked">${input}${of.mark}</span>` : input}
${word ? html`<p class="error" id="${of.name}-error">${checkoutWords[state.language].errors[word]}</p>` : ""}</div>`;
}

const countryNames = {
  en: new Intl.DisplayNames(["en"], { type: "region" }),
  sv: new Intl.DisplayNames(["sv"], { type: "region" }),
};

/** Where most buyers of the sandbox live; a page offers them by name. */
export const usualCountries = ["SE", "NO", "DK", "FI", "DE", "GB", "US"];

export function countryOptions(language: Language, codes: readonly string[], chosen: string | undefined): Html[] {
  return codes.map(
    (code) =>
      html`<option value="${code}"${code === chosen ? html` selected` : ""}>${countryNames[language].of(code) ?? code}</option>`,
  );
}

export function countryField(
  state: FieldState,
  name: "billingCountry" | "shippingCountry",
  codes: readonly string[],
): Html {
  const word = state.errors[name];
  const chosen = state.values[name] || codes[0];
  return html`<div><label for="${name}">${named(state.language, "country")}</label>
<select id="${name}" name="${name}" autocomplete="country"${word ? html` aria-invalid="true" aria-describedby="${name}-error"` : ""}>
${countryOptions(state.language, codes, chosen)}
</select>${word ? html`<p class="error" id="${name}-error">${checkoutWords[state.language].errors[word]}</p>` : ""}</div>`;
}

/** Where the goods go. */
export function addressFields(state: FieldState, countries: readonly string[]): Html {
  return html`<fieldset><legend>${checkoutWords[state.language].shipping}</legend>
${field(state, { name: "shippingName", label: "recipient", autocomplete: "shipping name" })}
${field(state, { name: "shippingLine1", label: "line1", autocomplete: "shipping address-line1" })}
<div class="two">
${field(state, { name: "shippingPostalCode", label: "postalCode", autocomplete: "shipping postal-code" })}
${field(state, { name: "shippingCity", label: "city", autocomplete: "shipping address-level2" })}
</div>
${countryField(state, "shippingCountry", countries)}
</fieldset>`;
}
