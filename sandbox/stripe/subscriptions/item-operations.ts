import { slice } from "../api/lists.ts";
import { operation, paging } from "../api/operation.ts";
import { flag, integer, later, oneOf, required, text } from "../api/params.ts";
import { inParam, inPath, unknownInPath } from "../lookups.ts";
import type { Unit } from "../unit.ts";
import type { Subscription, SubscriptionItem } from "../wire.ts";
import { itemShape, paymentBehaviors, prorationBehaviors } from "./params.ts";
import { type SentUpdate, updateSubscription } from "./update.ts";

const how = {
  payment_behavior: oneOf(paymentBehaviors),
  proration_behavior: oneOf(prorationBehaviors),
  proration_date: integer(0),
};

function ownerOf(unit: Unit, id: string): { subscription: Subscription; item: SubscriptionItem } {
  const subscription = unit.world.subscriptions.first("item", id);
  const item = subscription?.items.data.find((one) => one.id === id);
  if (!subscription || !item) throw unknownInPath("subscription_item", id);
  return { subscription, item };
}

/** An update of a subscription that says nothing but what is given. */
function update(unit: Unit, subscription: string, sent: Partial<SentUpdate>): Subscription {
  return updateSubscription(unit, subscription, sent as SentUpdate);
}

type SentItems = NonNullable<SentUpdate["items"]>;
const one = (item: Partial<SentItems[number]>) => [item] as SentItems;

export const subscriptionItemOperations = [
  operation("GET", "/v1/subscription_items", { ...paging, subscription: required(text()) }, ({ unit, url }, params) =>
    slice(url, inPath(unit.world.subscriptions, params.subscription).items.data, params),
  ),
  operation("GET", "/v1/subscription_items/:id", {}, ({ unit, ids }) => ownerOf(unit, ids[0] ?? "").item),
  operation(
    "POST",
    "/v1/subscription_items",
    { ...itemShape, ...how, subscription: required(text()) },
    ({ unit }, params) => {
      const { subscription, payment_behavior, proration_behavior, proration_date, ...item } = params;
      const before = inParam(unit.world.subscriptions, subscription, "subscription");
      const known = new Set(before.items.data.map(({ id }) => id));
      const after = update(unit, subscription, {
        items: one(item),
        payment_behavior,
        proration_behavior,
        proration_date,
      });
      return after.items.data.find(({ id }) => !known.has(id)) ?? after.items;
    },
  ),
  operation(
    "POST",
    "/v1/subscription_items/:id",
    { ...itemShape, ...how, off_session: flag() },
    ({ unit, ids }, params) => {
      const { payment_behavior, proration_behavior, proration_date, off_session, ...item } = params;
      const { subscription, item: before } = ownerOf(unit, ids[0] ?? "");
      const items = one({ ...item, id: before.id });
      const after = update(unit, subscription.id, {
        items,
        payment_behavior,
        proration_behavior,
        proration_date,
        off_session,
      });
      return after.items.data.find(({ id }) => id === before.id) ?? before;
    },
  ),
  operation("DELETE", "/v1/subscription_items/:id", { ...how, clear_usage: later() }, ({ unit, ids }, params) => {
    const { subscription, item } = ownerOf(unit, ids[0] ?? "");
    const { payment_behavior, proration_behavior, proration_date } = params;
    const items = one({ id: item.id, deleted: true });
    update(unit, subscription.id, { items, payment_behavior, proration_behavior, proration_date });
    return { id: item.id, object: "subscription_item", deleted: true };
  }),
];
