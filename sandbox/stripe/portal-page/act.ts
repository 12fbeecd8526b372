import { StripeFault } from "../api/errors.ts";
import { cardByNumber } from "../cards/look-up.ts";
import { readExpiry } from "../checkout-page/form.ts";
import { attachTo, detach } from "../payment-methods/attach.ts";
import { newCardMethod } from "../payment-methods/shape.ts";
import { changeAtPeriodEnd, forgetPlannedChange } from "../schedules/at-period-end.ts";
import { cancelNow } from "../subscriptions/cancel-now.ts";
import { pauseSubscription, pauseUntil, resumeSubscription } from "../subscriptions/pause.ts";
import { nextPeriodEnd } from "../subscriptions/periods.ts";
import { collectOverdue } from "../subscriptions/standing.ts";
import { type SentUpdate, updateSubscription } from "../subscriptions/update.ts";
import { change, type Unit } from "../unit.ts";
import type { Customer } from "../wire.ts";
import { type Visit, waitsForPeriodEnd, wantedOf } from "./visit.ts";

/** What a button did: whether its purpose is fulfilled, or why not. */
export interface Acted {
  done: boolean;
  refusal?: Refusal;
}

/** A card that cannot be one, or what the bank said: its reasons, the closest first, and its words. */
export type Refusal = "badCard" | { reasons: string[]; message: string };

type Act = (unit: Unit, visit: Visit, form: URLSearchParams, customer: Customer) => Acted;

const [done, nothing] = [{ done: true }, { done: false }];

function update(unit: Unit, { subscription }: Visit, sent: Partial<SentUpdate>): Acted {
  if (!subscription) return nothing;
  updateSubscription(unit, subscription.id, sent as SentUpdate);
  return done;
}

/** The card that is charged from now on. A subscription's own card would win over the customer's, so it gives way. */
function setStandard(unit: Unit, { subscription }: Visit, customer: Customer, id: string): void {
  const settings = { ...customer.invoice_settings, default_payment_method: id };
  change(unit, unit.world.customers, customer, { invoice_settings: settings }, "customer.updated");
  if (!subscription) return;
  const followed =
    subscription.default_payment_method === null
      ? subscription
      : change(
          unit,
          unit.world.subscriptions,
          subscription,
          { default_payment_method: null },
          "customer.subscription.updated",
        );
  collectOverdue(unit, followed);
}

const switchPlan: Act = (unit, visit, form) => {
  const item = visit.subscription?.items.data[0];
  const wanted = wantedOf(unit.world, visit, form);
  const { subscription_update: feature } = visit.configuration.features;
  if (!item || !wanted || !(feature.enabled || visit.flow?.subscription_update_confirm)) return nothing;
  const price = unit.world.prices.get(wanted.price);
  if (visit.subscription && price && waitsForPeriodEnd(visit, price, wanted.quantity)) {
    changeAtPeriodEnd(unit, visit.subscription, { price, quantity: wanted.quantity });
    return done;
  }
  const coupons = visit.flow?.subscription_update_confirm?.discounts?.flatMap((one) => one.coupon ?? []) ?? [];
  return update(unit, visit, {
    items: [{ id: item.id, price: wanted.price, quantity: wanted.quantity }] as SentUpdate["items"],
    proration_behavior: feature.proration_behavior as SentUpdate["proration_behavior"],
    ...(coupons.length > 0 ? { discounts: coupons.map((coupon) => ({ coupon })) as SentUpdate["discounts"] } : {}),
  });
};

/** For as long as it takes, or for the length that was chosen among those on offer. */
const pause: Act = (unit, { subscription, configuration }, form) => {
  const { type, interval_options: options } = configuration.features.subscription_pause.duration;
  if (!subscription) return nothing;
  if (type !== "interval_options") {
    pauseSubscription(unit, subscription);
    return done;
  }
  const chosen = options[Number(form.get("length") ?? "0")];
  if (!chosen) return nothing;
  pauseUntil(unit, subscription, nextPeriodEnd(unit.now, unit.now, chosen as Parameters<typeof nextPeriodEnd>[2]));
  return done;
};

const cancel: Act = (unit, visit, form) => {
  const { subscription_cancel: feature } = visit.configuration.features;
  if (!visit.subscription || !(feature.enabled || visit.flow?.subscription_cancel)) return nothing;
  const said = {
    comment: form.get("comment") || undefined,
    feedback: (form.get("feedback") || undefined) as NonNullable<SentUpdate["cancellation_details"]>["feedback"],
    feedback_option: undefined,
  };
  if (feature.mode !== "immediately")
    return update(unit, visit, { cancel_at_period_end: true, cancellation_details: said });
  const behavior = feature.proration_behavior;
  cancelNow(unit, visit.subscription, {
    words: said,
    prorate: behavior !== "none",
    invoiceNow: behavior === "always_invoice",
  });
  return done;
};

/** The visitor takes the offer and stays. */
const stay: Act = (unit, visit) => {
  const coupon = visit.flow?.subscription_cancel?.retention?.coupon_offer?.coupon;
  if (coupon === undefined) return nothing;
  return update(unit, visit, { discounts: [{ coupon }] as SentUpdate["discounts"] });
};

function saidByBank({ body, message }: StripeFault): Refusal {
  return { reasons: [body.decline_code, body.code].filter((one) => typeof one === "string"), message };
}

const addCard: Act = (unit, visit, form, customer) => {
  const behavior = cardByNumber((form.get("number") ?? "").replace(/\D/g, ""));
  const expiry = readExpiry((form.get("expiry") ?? "").trim());
  const today = new Date(unit.now * 1000);
  const past = expiry && expiry.year * 12 + expiry.month < today.getUTCFullYear() * 12 + today.getUTCMonth() + 1;
  if (!behavior || !expiry || expiry.month > 12 || past) return { done: false, refusal: "badCard" };
  const entry = { behavior, expMonth: expiry.month, expYear: expiry.year };
  const method = newCardMethod(unit, { ...entry, email: null, name: null, country: null, postalCode: null });
  try {
    setStandard(unit, visit, customer, attachTo(unit, method, customer).id);
    return done;
  } catch (error) {
    if (error instanceof StripeFault) return { done: false, refusal: saidByBank(error) };
    throw error;
  }
};

const saveDetails: Act = (unit, visit, form, customer) => {
  const { allowed_updates: allowed } = visit.configuration.features.customer_update;
  const text = (name: string) => (form.get(name) ?? "").trim() || null;
  const may = (part: string) => allowed.some((one) => one === part);
  change(
    unit,
    unit.world.customers,
    customer,
    {
      ...(may("name") ? { name: text("name") } : {}),
      ...(may("email") ? { email: text("email") } : {}),
      ...(may("phone") ? { phone: text("phone") } : {}),
      ...(may("address")
        ? {
            address: {
              city: text("city"),
              country: text("country"),
              line1: text("line1"),
              line2: customer.address?.line2 ?? null,
              postal_code: text("postal_code"),
              state: customer.address?.state ?? null,
            },
          }
        : {}),
    },
    "customer.updated",
  );
  return done;
};

const ownCard = (unit: Unit, form: URLSearchParams, customer: Customer) => {
  const card = unit.world.paymentMethods.get(form.get("card") ?? "");
  return card?.customer === customer.id ? card : undefined;
};

/** What each button does, for those that the configuration lets a visitor press. */
export function act(unit: Unit, visit: Visit, form: URLSearchParams): Acted {
  const { features } = visit.configuration;
  const { flow, subscription } = visit;
  const customer = unit.world.customers.get(visit.session.customer);
  if (!customer) return nothing;
  const what = form.get("do");
  if (what === "keep") return update(unit, visit, { cancel_at_period_end: false });
  if (what === "switch") return switchPlan(unit, visit, form, customer);
  if (what === "cancel") return cancel(unit, visit, form, customer);
  if (what === "stay") return stay(unit, visit, form, customer);
  if (what === "pause" && subscription && (features.subscription_pause.enabled || flow?.subscription_pause))
    return pause(unit, visit, form, customer);
  if (what === "stay_on_plan" && subscription) {
    forgetPlannedChange(unit, subscription);
    return done;
  }
  if (what === "resume" && subscription?.status === "paused") {
    resumeSubscription(unit, subscription, { keepsPeriod: true });
    return done;
  }
  if (what === "details" && (features.customer_update.enabled || flow?.customer_update))
    return saveDetails(unit, visit, form, customer);
  if (!features.payment_method_update.enabled && flow?.type !== "payment_method_update") return nothing;
  if (what === "add") return addCard(unit, visit, form, customer);
  const card = ownCard(unit, form, customer);
  if (what === "standard" && card) setStandard(unit, visit, customer, card.id);
  if (what === "remove" && card) detach(unit, card);
  return card ? done : nothing;
}
