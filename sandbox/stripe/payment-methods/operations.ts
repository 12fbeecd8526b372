import { invalid } from "../api/errors.ts";
import { pageOf } from "../api/lists.ts";
import { mergeMetadata, metadata } from "../api/metadata.ts";
import { operation, paging } from "../api/operation.ts";
import { allLater, clearable, email, hash, inert, integer, later, oneOf, only, required, text } from "../api/params.ts";
import { cardByNumber, cardByToken } from "../cards/look-up.ts";
import { passesLuhn } from "../cards/numbers.ts";
import { address, wholeAddress } from "../customers/address.ts";
import { inParam, inPath } from "../lookups.ts";
import { change } from "../unit.ts";
import { attachTo, detach, methodNamed } from "./attach.ts";
import { newOtherMethod, otherKinds, otherParams } from "./other-kinds.ts";
import { newCardMethod, noAddress } from "./shape.ts";

const notSimulated = allLater(
  ...`affirm alma amazon_pay au_becs_debit bacs_debit billie bizum blik cashapp crypto custom customer_balance interac_present
  kakao_pay klarna konbini kr_card link mb_way mobilepay multibanco naver_pay nz_bank_account pay_by_bank payco paynow paypal paypay
  payto pix promptpay radar_options revolut_pay samsung_pay satispay scalapay sequra sunbit swish twint upi us_bank_account
  zip`.split(/\s+/),
  "customer",
  "payment_method",
);

const billing = hash({
  address: clearable(address),
  email: clearable(email()),
  name: clearable(text()),
  phone: clearable(text()),
  tax_id: later(),
});
const redisplay = oneOf(["always", "limited", "unspecified"]);

const changes = [
  operation(
    "POST",
    "/v1/payment_methods",
    {
      ...notSimulated,
      ...otherParams,
      allow_redisplay: redisplay,
      billing_details: billing,
      card: hash({
        cvc: text(4),
        exp_month: integer(1, 12),
        exp_year: integer(1970, 2099),
        networks: later(),
        number: text(),
        token: text(),
      }),
      metadata: metadata(),
      type: required(oneOf(["card", ...otherKinds])),
    },
    ({ unit }, params) => {
      const { card, billing_details: details, type } = params;
      if (type !== "card")
        return newOtherMethod(unit, type, params[type], {
          allow_redisplay: params.allow_redisplay ?? "unspecified",
          billing_details: {
            address: wholeAddress(details?.address) ?? noAddress,
            email: details?.email ?? null,
            name: details?.name ?? null,
            phone: details?.phone ?? null,
            tax_id: null,
          },
          metadata: mergeMetadata({}, params.metadata),
        });
      if (!card) throw invalid("Missing required param: card.", "card", "parameter_missing");
      const number = card.number?.replace(/\D/g, "") ?? "";
      if (card.token === undefined && !passesLuhn(number))
        throw invalid("Your card number is incorrect.", "card[number]", "incorrect_number");
      const behavior =
        card.token === undefined ? cardByNumber(number) : cardByToken(card.token.replace(/^tok_/, "pm_card_"));
      if (!behavior)
        throw invalid(
          "Your card was declined. Your request was in test mode, but used a card that is no test card.",
          "card[number]",
          "card_declined",
        );
      const today = new Date(unit.now * 1000);
      const [month, year] = [card.exp_month ?? 12, card.exp_year ?? today.getUTCFullYear() + 1];
      if (year * 12 + month < today.getUTCFullYear() * 12 + today.getUTCMonth() + 1)
        throw invalid("Your card's expiration year is invalid.", "card[exp_year]", "invalid_expiry_year");
      const method = newCardMethod(
        unit,
        {
          behavior,
          expMonth: month,
          expYear: year,
          email: details?.email ?? null,
          name: details?.name ?? null,
          country: details?.address?.country ?? null,
          postalCode: details?.address?.postal_code ?? null,
        },
        params.allow_redisplay ?? "unspecified",
      );
      return change(unit, unit.world.paymentMethods, method, { metadata: mergeMetadata({}, params.metadata) });
    },
  ),
  operation(
    "POST",
    "/v1/payment_methods/:id",
    {
      ...allLater("us_bank_account"),
      allow_redisplay: redisplay,
      billing_details: billing,
      card: hash({ exp_month: integer(1, 12), exp_year: integer(1970, 2099), networks: later() }),
      metadata: metadata(),
    },
    ({ unit, ids }, params) => {
      const current = inPath(unit.world.paymentMethods, ids[0]);
      const { billing_details: details, card } = params;
      const before = current.billing_details;
      return change(
        unit,
        unit.world.paymentMethods,
        current,
        {
          allow_redisplay: params.allow_redisplay ?? current.allow_redisplay ?? "unspecified",
          billing_details: details
            ? {
                ...before,
                address: details.address === undefined ? before.address : wholeAddress(details.address ?? {}),
                email: details.email === undefined ? before.email : details.email,
                name: details.name === undefined ? before.name : details.name,
                phone: details.phone === undefined ? before.phone : details.phone,
              }
            : before,
          ...(card && current.card
            ? {
                card: {
                  ...current.card,
                  exp_month: card.exp_month ?? current.card.exp_month,
                  exp_year: card.exp_year ?? current.card.exp_year,
                },
              }
            : {}),
          metadata: mergeMetadata(current.metadata ?? {}, params.metadata),
        },
        "payment_method.updated",
      );
    },
  ),
  operation(
    "POST",
    "/v1/payment_methods/:id/attach",
    { customer: required(text()), customer_account: later() },
    ({ unit, ids }, params) => {
      const customer = inParam(unit.world.customers, params.customer, "customer");
      return attachTo(unit, methodNamed(unit, ids[0] ?? "", "path"), customer);
    },
  ),
  operation("POST", "/v1/payment_methods/:id/detach", {}, ({ unit, ids }) =>
    detach(unit, inPath(unit.world.paymentMethods, ids[0])),
  ),
];

export const paymentMethodOperations = [
  ...changes,
  operation("GET", "/v1/payment_methods/:id", {}, ({ unit, ids }) => inPath(unit.world.paymentMethods, ids[0])),
  operation(
    "GET",
    "/v1/payment_methods",
    { ...paging, customer: required(text()), customer_account: later(), type: only("card"), allow_redisplay: inert() },
    ({ unit, url }, params) => {
      inParam(unit.world.customers, params.customer, "customer");
      return pageOf(url, unit.world.paymentMethods, params, { where: { customer: params.customer } });
    },
  ),
  operation(
    "GET",
    "/v1/customers/:id/payment_methods",
    { ...paging, type: only("card"), allow_redisplay: inert() },
    ({ unit, ids, url }, params) => {
      const customer = inPath(unit.world.customers, ids[0]);
      return pageOf(url, unit.world.paymentMethods, params, { where: { customer: customer.id } });
    },
  ),
  operation("GET", "/v1/customers/:id/payment_methods/:method", {}, ({ unit, ids }) => {
    inPath(unit.world.customers, ids[0]);
    return inPath(unit.world.paymentMethods, ids[1]);
  }),
];
