import { notSimulated, refused } from "../api/errors.ts";
import { pageOf, sent } from "../api/lists.ts";
import { operation, paging } from "../api/operation.ts";
import { flag, hash, later, oneOf, only, range, required, text } from "../api/params.ts";
import { endDiscount } from "../coupons/discounts.ts";
import { inPath, unknownInPath } from "../lookups.ts";
import { change } from "../unit.ts";
import { idOf } from "../world.ts";
import { cancelNow } from "./cancel-now.ts";
import { createSubscription } from "./create.ts";
import { cancellation, createParams, updateParams } from "./params.ts";
import { pauseOperations } from "./pause.ts";
import { periodEnd } from "./shape.ts";
import { updateSubscription } from "./update.ts";

const statuses = [
  "active",
  "all",
  "canceled",
  "ended",
  "incomplete",
  "incomplete_expired",
  "past_due",
  "paused",
  "trialing",
  "unpaid",
] as const;

export const subscriptionOperations = [
  operation("POST", "/v1/subscriptions", createParams, ({ unit }, params) => createSubscription(unit, params)),
  operation(
    "GET",
    "/v1/subscriptions",
    {
      ...paging,
      automatic_tax: later(),
      collection_method: oneOf(["charge_automatically", "send_invoice"]),
      created: range(),
      current_period_end: range(),
      current_period_start: range(),
      customer: text(),
      customer_account: later(),
      plan: text(),
      price: text(),
      status: oneOf(statuses),
      test_clock: text(),
    },
    ({ unit, url }, params) => {
      const { status, current_period_end: end, current_period_start: start } = params;
      if (start !== undefined) throw notSimulated("the filter 'current_period_start'");
      return pageOf(url, unit.world.subscriptions, params, {
        where: sent({ customer: params.customer, price: params.price ?? params.plan }),
        created: params.created ?? {},
        matches: (one) =>
          (params.test_clock === undefined
            ? params.customer !== undefined || one.test_clock === null
            : one.test_clock === params.test_clock) &&
          (status === undefined
            ? one.status !== "canceled"
            : status === "all" ||
              one.status === status ||
              (status === "ended" && (one.status === "canceled" || one.status === "incomplete_expired"))) &&
          (end === undefined ||
            (periodEnd(one) >= (end.gte ?? 0) &&
              periodEnd(one) > (end.gt ?? 0) &&
              periodEnd(one) <= (end.lte ?? Infinity) &&
              periodEnd(one) < (end.lt ?? Infinity))),
      });
    },
  ),
  operation("GET", "/v1/subscriptions/:id", {}, ({ unit, ids }) => inPath(unit.world.subscriptions, ids[0])),
  operation("POST", "/v1/subscriptions/:id", updateParams, ({ unit, ids }, params) =>
    updateSubscription(unit, ids[0], params),
  ),
  operation(
    "DELETE",
    "/v1/subscriptions/:id",
    { cancellation_details: cancellation, invoice_now: flag(), prorate: flag() },
    ({ unit, ids }, params) => {
      const current = inPath(unit.world.subscriptions, ids[0]);
      if (current.status === "canceled") throw unknownInPath("subscription", current.id);
      return cancelNow(unit, current, {
        words: params.cancellation_details,
        invoiceNow: params.invoice_now ?? false,
        prorate: params.prorate ?? false,
      });
    },
  ),
  operation("DELETE", "/v1/subscriptions/:id/discount", {}, ({ unit, ids }) => {
    const current = inPath(unit.world.subscriptions, ids[0]);
    const id = idOf(current.discounts.at(-1));
    const discount = unit.world.discounts.get(id ?? "");
    if (!discount || id === null) throw unknownInPath("discount", id ?? "");
    endDiscount(unit, id);
    const discounts = current.discounts.slice(0, -1);
    change(unit, unit.world.subscriptions, current, { discounts }, "customer.subscription.updated");
    const { end: _end, created: _created, kept: _kept, ...gone } = discount;
    return { ...gone, deleted: true };
  }),
  // Every subscription here is in flexible mode from the start, and there is no way back from it.
  operation(
    "POST",
    "/v1/subscriptions/:id/migrate",
    {
      billing_mode: required(
        hash({
          type: required(only("flexible")),
          flexible: hash({ proration_discounts: only("included") }),
        }),
      ),
    },
    ({ unit, ids }) => {
      const current = inPath(unit.world.subscriptions, ids[0]);
      if (current.status === "canceled") throw unknownInPath("subscription", current.id);
      throw refused(`The subscription ${current.id} is already in the flexible billing mode.`, "billing_mode[type]");
    },
  ),
  ...pauseOperations,
];
