import { hash, oneOf, only } from "../api/params.ts";
import type { PaymentIntent } from "../wire.ts";

/** How cards are to be charged: whether more can be reserved later. */
export const cardOptions = hash({
  card: hash({
    request_incremental_authorization: oneOf(["if_available", "never"]),
    request_three_d_secure: only("automatic"),
  }),
});

const usual = {
  installments: null,
  mandate_options: null,
  network: null,
  request_three_d_secure: "automatic",
} as const;

/** A payment's options with those that were sent put into them. */
export function optionsOf(
  sent: ReturnType<typeof cardOptions.read>,
  before: PaymentIntent["payment_method_options"] = { card: usual },
): PaymentIntent["payment_method_options"] {
  const grows = sent?.card?.request_incremental_authorization;
  if (grows === undefined) return before;
  return { ...before, card: { ...usual, ...before?.card, request_incremental_authorization: grows } };
}
