import type { AppLoadContext } from "@remix-run/node";
import type { FormValues } from "../form-values.ts";
import { leadToPayment } from "./begin-checkout.ts";

const CURRENCIES = ["SEK", "EUR", "USD"] as const;

/** Opens the payment page for the packs of a form and leads there, or says what stands in the way. */
export function beginCreditCheckout(context: AppLoadContext, form: FormValues) {
  const asked = context.caller.checkout.buyCredits({
    quantity: form.wholeNumber("quantity") ?? 1,
    productId: form.text("productId"),
    currency: CURRENCIES.find((one) => one === form.text("currency")) ?? "SEK",
    ...(form.ticked("keepCard") ? { keepCard: true } : {}),
  });
  return leadToPayment(context, asked);
}
