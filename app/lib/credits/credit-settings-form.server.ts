import type { AppLoadContext } from "@remix-run/node";
import type { FormValues } from "../form-values.ts";
import { minorUnitsOf } from "../format/minor-units.ts";

const CURRENCIES = ["SEK", "EUR", "USD"] as const;

type Settings = Parameters<AppLoadContext["caller"]["checkout"]["credits"]["saveSettings"]>[0];

/** What the form asks for; null where a number that is needed is missing or is none. */
export function creditSettingsOf(form: FormValues): Settings | null {
  const alerts = { lowBelow: form.wholeNumber("lowBelow"), lowPercent: form.wholeNumber("lowPercent") };
  if (!form.ticked("topUp")) return alerts;
  const [below, quantity] = [form.wholeNumber("below"), form.wholeNumber("quantity")];
  const [dailyCap, monthlyCap] = [minorUnitsOf(form.text("dailyCap")), minorUnitsOf(form.text("monthlyCap"))];
  if (!below || !quantity || !dailyCap || !monthlyCap || monthlyCap < dailyCap) return null;
  const currency = CURRENCIES.find((one) => one === form.text("currency")) ?? "SEK";
  return { ...alerts, topUp: { below, quantity, dailyCap, monthlyCap, currency, productId: form.text("productId") } };
}
