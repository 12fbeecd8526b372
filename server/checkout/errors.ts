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
  noOrganization: [
    "checkout.no_organization",
    "not_found",
    "Could not extract org_id: a plan was paid for, and nothing says for which organization. Nothing was fulfilled.",
  ],
  unknownPlan: ["checkout.unknown_plan", "invalid", "There is no such plan. Send pro or enterprise."],
  pilotIsFree: [
    "checkout.pilot_is_free",
    "invalid",
    "Pilot needs no checkout: every organization is on it until it chooses another plan.",
  ],
  unknownInterval: [
    "checkout.unknown_interval",
    "invalid",
    "The plan is not sold for this interval. Send month or year.",
  ],
  seatsNotSold: [
    "checkout.seats_not_sold",
    "invalid",
    "No seats are sold beside this plan at its present price. Leave seats out.",
  ],
  seatsNeedCompany: [
    "checkout.seats_need_company",
    "invalid",
    "A personal organization is one person's, and nobody else can have a seat in it. Leave seats out, or found a company.",
  ],
  alreadySubscribed: [
    "checkout.already_subscribed",
    "conflict",
    "This organization has a plan already. Change it where its bills are.",
  ],
  notPayer: [
    "checkout.not_a_payer",
    "forbidden",
    "Only an owner, an administrator or whoever looks after the bills may do this for an organization.",
  ],
  nothingBought: [
    "checkout.nothing_bought",
    "conflict",
    "This organization has bought nothing yet. Choose a plan first; its bills are here afterwards.",
  ],
  foreignReturn: ["checkout.foreign_return", "invalid", "Send the address of one of our own pages."],
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
