import { html } from "hono/html";
import type { FieldErrors, FieldName, FieldValues } from "./form.ts";
import type { Html } from "./layout.ts";

export interface FieldState {
  values: FieldValues;
  errors: FieldErrors;
}

interface FieldOf {
  name: FieldName;
  label: string;
  type?: string;
  autocomplete: string;
  inputmode?: string;
  placeholder?: string;
}

function firstError(state: FieldState): string | undefined {
  return Object.keys(state.errors)[0];
}

/** A labeled input, with its error under it; the first one with an error takes the focus. */
export function field(state: FieldState, of: FieldOf): Html {
  const error = state.errors[of.name];
  return html`<div><label for="${of.name}">${of.label}</label>
<input id="${of.name}" name="${of.name}" type="${of.type ?? "text"}" value="${state.values[of.name]}" autocomplete="${of.autocomplete}"
${of.inputmode ? html` inputmode="${of.inputmode}"` : ""}${of.placeholder ? html` placeholder="${of.placeholder}"` : ""} spellcheck="false" autocapitalize="off"
${error ? html` aria-invalid="true" aria-describedby="${of.name}-error"` : ""}${firstError(state) === of.name ? html` autofocus` : ""}>
${error ? html`<p class="error" id="${of.name}-error">${error}</p>` : ""}</div>`;
}

const countryNames = new Intl.DisplayNames(["en"], { type: "region" });

export function countryField(
  state: FieldState,
  name: "billingCountry" | "shippingCountry",
  codes: readonly string[],
): Html {
  const error = state.errors[name];
  const chosen = state.values[name] || codes[0];
  return html`<div><label for="${name}">Country</label>
<select id="${name}" name="${name}" autocomplete="country"${error ? html` aria-invalid="true" aria-describedby="${name}-error"` : ""}>
${codes.map((code) => html`<option value="${code}"${code === chosen ? html` selected` : ""}>${countryNames.of(code) ?? code}</option>`)}
</select>${error ? html`<p class="error" id="${name}-error">${error}</p>` : ""}</div>`;
}

/** Where the goods go. */
export function addressFields(state: FieldState, countries: readonly string[]): Html {
  return html`<fieldset><legend>Shipping address</legend>
${field(state, { name: "shippingName", label: "Name", autocomplete: "shipping name" })}
${field(state, { name: "shippingLine1", label: "Address line 1", autocomplete: "shipping address-line1" })}
<div class="two">
${field(state, { name: "shippingPostalCode", label: "Postal code", autocomplete: "shipping postal-code" })}
${field(state, { name: "shippingCity", label: "City", autocomplete: "shipping address-level2" })}
</div>
${countryField(state, "shippingCountry", countries)}
</fieldset>`;
}
