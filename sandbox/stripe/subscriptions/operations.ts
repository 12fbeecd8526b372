import { invalid, notSimulated } from "../api/errors.ts";
import { pageOf, sent, slice } from "../api/lists.ts";
import { operation, paging } from "../api/operation.ts";
import {
  allLater,
  clearable,
  flag,
  hash,
  inert,
  later,
  mergeMetadata,
  metadata,
  oneOf,
  range,
  required,
  text,
} from "../api/params.ts";
import { inPath, unknownInPath } from "../lookups.ts";
import { change } from "../unit.ts";
import type { Subscription } from "../wire.ts";
import { cancellationDetails, endSubscription } from "./cancel.ts";
import { periodEnd } from "./shape.ts";

const feedbacks = [
  "customer_service",
  "low_quality",
  "missing_features",
  "other",
  "switched_service",
  "too_complex",
  "too_expensive",
  "unused",
] as const;
const cancellation = hash({ comment: clearable(text()), feedback: clearable(oneOf(feedbacks)) });
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

const notYet = allLater(
  "add_invoice_items",
  "application_fee_percent",
  "automatic_tax",
  "billing_cycle_anchor",
  "billing_schedules",
  "billing_thresholds",
  "cancel_at",
  "collection_method",
  "days_until_due",
  "default_source",
  "default_tax_rates",
  "discounts",
  "invoice_settings",
  "items",
  "off_session",
  "on_behalf_of",
  "pause_collection",
  "payment_behavior",
  "payment_settings",
  "pending_invoice_item_interval",
  "proration_behavior",
  "proration_date",
  "transfer_data",
  "trial_end",
  "trial_from_plan",
  "trial_settings",
);

/** What asking for the end of the period, or taking it back, changes. */
function endAtPeriodEnd(current: Subscription, wanted: boolean | undefined, now: number): Partial<Subscription> {
  if (wanted === undefined || wanted === current.cancel_at_period_end) return {};
  return wanted
    ? { cancel_at: periodEnd(current), cancel_at_period_end: true, canceled_at: now }
    : { cancel_at: null, cancel_at_period_end: false, canceled_at: null };
}

export const subscriptionOperations = [
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
      test_clock: inert(),
    },
    ({ unit, url }, params) => {
      const { status, current_period_end: end, current_period_start: start } = params;
      if (start !== undefined) throw notSimulated("the filter 'current_period_start'");
      return pageOf(url, unit.world.subscriptions, params, {
        where: sent({ customer: params.customer, price: params.price ?? params.plan }),
        created: params.created ?? {},
        matches: (one) =>
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
  operation(
    "POST",
    "/v1/subscriptions/:id",
    {
      ...notYet,
      cancel_at_period_end: flag(),
      cancellation_details: cancellation,
      default_payment_method: clearable(text()),
      description: clearable(text(500)),
      metadata: metadata(),
    },
    ({ unit, ids }, params) => {
      const current = inPath(unit.world.subscriptions, ids[0]);
      const frozen = current.status === "canceled" || current.status === "incomplete_expired";
      if (frozen && (params.cancel_at_period_end !== undefined || params.default_payment_method !== undefined)) {
        throw invalid(
          "A canceled subscription can only update its cancellation_details and metadata.",
          undefined,
          "invalid_canceled_subscription_fields",
        );
      }
      const ending = endAtPeriodEnd(current, params.cancel_at_period_end, unit.now);
      const flagNow = ending.cancel_at_period_end ?? current.cancel_at_period_end;
      const method = params.default_payment_method;
      if (typeof method === "string") {
        const owned = unit.world.paymentMethods.get(method);
        if (owned?.customer !== current.customer) throw unknownInPath("payment_method", method);
      }
      return change(
        unit,
        unit.world.subscriptions,
        current,
        {
          ...ending,
          cancellation_details:
            frozen || ending.cancel_at_period_end !== undefined || params.cancellation_details
              ? cancellationDetails(current, params.cancellation_details, frozen || flagNow)
              : current.cancellation_details,
          default_payment_method: method === undefined ? current.default_payment_method : method,
          description: params.description === undefined ? current.description : params.description,
          metadata: mergeMetadata(current.metadata, params.metadata),
        },
        "customer.subscription.updated",
      );
    },
  ),
  operation(
    "DELETE",
    "/v1/subscriptions/:id",
    { cancellation_details: cancellation, invoice_now: flag(), prorate: flag() },
    ({ unit, ids }, params) => {
      const current = inPath(unit.world.subscriptions, ids[0]);
      if (current.status === "canceled") throw unknownInPath("subscription", current.id);
      if (params.invoice_now || params.prorate) throw notSimulated("a final invoice or proration on cancellation");
      return endSubscription(unit, current, cancellationDetails(current, params.cancellation_details, true));
    },
  ),
  operation("GET", "/v1/subscription_items", { ...paging, subscription: required(text()) }, ({ unit, url }, params) =>
    slice(url, inPath(unit.world.subscriptions, params.subscription).items.data, params),
  ),
  operation("GET", "/v1/subscription_items/:id", {}, ({ unit, ids }) => {
    const id = ids[0] ?? "";
    const item = unit.world.subscriptions.first("item", id)?.items.data.find((one) => one.id === id);
    if (!item) throw unknownInPath("subscription_item", id);
    return item;
  }),
];
