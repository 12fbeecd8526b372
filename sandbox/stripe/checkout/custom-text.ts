import { clearable, hash, required, text } from "../api/params.ts";
import type { CheckoutSession } from "../wire.ts";

const message = clearable(hash({ message: required(text(1_200)) }));
export const customTextParams = hash({
  after_submit: message,
  shipping_address: message,
  submit: message,
  terms_of_service_acceptance: message,
});

/** Words of the shop's own beside parts of the page. */
export function readCustomText(sent: ReturnType<typeof customTextParams.read>): CheckoutSession["custom_text"] {
  return {
    after_submit: sent?.after_submit ?? null,
    shipping_address: sent?.shipping_address ?? null,
    submit: sent?.submit ?? null,
    terms_of_service_acceptance: sent?.terms_of_service_acceptance ?? null,
  };
}
