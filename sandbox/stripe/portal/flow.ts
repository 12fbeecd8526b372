import { invalid } from "../api/errors.ts";
import { hash, integer, list, oneOf, only, required, text, url, type Values } from "../api/params.ts";
import { couponIsValid } from "../coupons/validity.ts";
import { inParam } from "../lookups.ts";
import type { Unit } from "../unit.ts";
import type { PortalSession } from "../wire.ts";
import { idOf } from "../world.ts";

const own = { subscription: required(text()) };

const flowShape = {
  after_completion: hash({
    hosted_confirmation: hash({ custom_message: text(500) }),
    redirect: hash({ return_url: required(url()) }),
    type: required(oneOf(["hosted_confirmation", "portal_homepage", "redirect"])),
  }),
  subscription_cancel: hash({
    ...own,
    retention: hash({
      coupon_offer: required(hash({ coupon: required(text()) })),
      type: required(only("coupon_offer")),
    }),
  }),
  subscription_pause: hash(own),
  subscription_update: hash(own),
  subscription_update_confirm: hash({
    ...own,
    discounts: list(hash({ coupon: text(), promotion_code: only("") })),
    items: required(list(hash({ id: required(text()), price: text(), quantity: integer(0) }))),
  }),
  type: required(
    oneOf([
      "customer_update",
      "payment_method_update",
      "subscription_cancel",
      "subscription_pause",
      "subscription_update",
      "subscription_update_confirm",
    ]),
  ),
};
export const flowParams = hash(flowShape);
type SentFlow = Values<typeof flowShape>;

/** The subscription that a flow is about must be the customer's, and of those that still run. */
function checkSubscription(unit: Unit, id: string, customer: string, at: string): void {
  const subscription = inParam(unit.world.subscriptions, id, at);
  if (idOf(subscription.customer) !== customer)
    throw invalid(`The subscription ${id} does not belong to the customer ${customer}.`, at);
  if (subscription.status === "canceled" || subscription.status === "incomplete_expired")
    throw invalid(`The subscription ${id} is ${subscription.status} and cannot be changed.`, at);
}

/** The one thing that a deep link leads to, as the session shows it. */
export function readFlow(unit: Unit, sent: SentFlow | undefined, customer: string): PortalSession["flow"] {
  if (!sent) return null;
  const { type, after_completion: after } = sent;
  const at = (part: string) => `flow_data[${type}][${part}]`;
  const chosen = type === "customer_update" || type === "payment_method_update" ? undefined : sent[type];
  if (type !== "customer_update" && type !== "payment_method_update") {
    if (!chosen)
      throw invalid(`Missing required param: flow_data[${type}].`, `flow_data[${type}]`, "parameter_missing");
    checkSubscription(unit, chosen.subscription, customer, at("subscription"));
  }
  const offered = sent.subscription_cancel?.retention?.coupon_offer.coupon;
  if (offered !== undefined && !couponIsValid(inParam(unit.world.coupons, offered, at("retention")), unit.now))
    throw invalid(`Coupon expired: ${offered}`, at("retention"), "coupon_expired");
  const confirm = sent.subscription_update_confirm;
  return {
    after_completion: {
      hosted_confirmation:
        after?.type === "hosted_confirmation"
          ? { custom_message: after.hosted_confirmation?.custom_message ?? null }
          : null,
      redirect: after?.type === "redirect" && after.redirect ? after.redirect : null,
      type: after?.type ?? "portal_homepage",
    },
    customer_update: type === "customer_update" ? {} : null,
    subscription_cancel:
      type === "subscription_cancel" && chosen
        ? {
            retention:
              offered === undefined ? null : { coupon_offer: { coupon: offered }, type: "coupon_offer" as const },
            subscription: chosen.subscription,
          }
        : null,
    subscription_pause: type === "subscription_pause" && chosen ? { subscription: chosen.subscription } : null,
    subscription_update: type === "subscription_update" && chosen ? { subscription: chosen.subscription } : null,
    subscription_update_confirm:
      type === "subscription_update_confirm" && confirm
        ? {
            discounts: confirm.discounts?.map((one) => ({ coupon: one.coupon ?? null, promotion_code: null })) ?? null,
            items: confirm.items.map((one) => ({
              id: one.id,
              price: one.price ?? null,
              ...(one.quantity === undefined ? {} : { quantity: one.quantity }),
            })),
            subscription: confirm.subscription,
          }
        : null,
    type,
  };
}
