import { defineErrors } from "../kernel/errors.ts";

export const checkoutErrors = defineErrors({
  notFound: ["checkout.not_found", "not_found", "There is no such purchase."],
  cartEmpty: ["checkout.cart_empty", "invalid", "The cart is empty."],
  notForSale: ["checkout.not_for_sale", "not_found", "This is not for sale (in this currency)."],
  notForCart: ["checkout.not_for_cart", "invalid", "Memberships are bought straight from their card, one at a time."],
  chooseVariant: ["checkout.choose_variant", "invalid", "Choose which one you want."],
  soldOut: ["checkout.sold_out", "conflict", "There are fewer left than this. Take fewer, or something else."],
  badQuantity: ["checkout.bad_quantity", "invalid", "This many cannot be bought at once."],
  signInForCredits: [
    "checkout.sign_in_for_credits",
    "unauthenticated",
    "Credits belong to an account. Sign in, then buy them.",
  ],
  noPack: ["checkout.no_pack", "not_found", "No credits are for sale in this currency."],
  foreignPointer: [
    "checkout.foreign_pointer",
    "not_found",
    "Credits were paid for, but the payment page does not name a purchase of ours and its buyer. Nothing was granted.",
  ],
  topUpTooLittle: [
    "checkout.top_up_too_little",
    "invalid",
    "What is topped up must reach over the threshold. Take a larger pack, or a lower threshold.",
  ],
  topUpCap: [
    "checkout.top_up_cap",
    "invalid",
    "One top-up costs more than this. Raise the cap, or take a smaller pack.",
  ],
  keyUnusable: ["checkout.idempotency_key_unusable", "invalid", "An Idempotency-Key has 1 to 255 visible characters."],
  keyReused: [
    "checkout.idempotency_key_reused",
    "conflict",
    "This Idempotency-Key was used for another request. Take a new one.",
  ],
});
