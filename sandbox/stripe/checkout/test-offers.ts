import type Stripe from "stripe";

export type SessionParams = Stripe.Checkout.SessionCreateParams;

const success_url = "http://shop.test/return?session={CHECKOUT_SESSION_ID}";

/** Two of the same thing, paid once. */
export const goods: SessionParams = {
  mode: "payment",
  success_url,
  cancel_url: "http://shop.test/cart",
  line_items: [{ price_data: { currency: "sek", unit_amount: 24_900, product_data: { name: "Linne" } }, quantity: 2 }],
};

/** The demo membership at its campaign price. */
export const membership: SessionParams = {
  mode: "subscription",
  success_url,
  cancel_url: "http://shop.test/medlemskap",
  line_items: [{ price: "price_TEST123", quantity: 1 }],
};
