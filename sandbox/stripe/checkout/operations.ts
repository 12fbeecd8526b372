import { newId } from "../../ids.ts";
import { invalid, refused } from "../api/errors.ts";
import { pageOf, sent, slice } from "../api/lists.ts";
import { mergeMetadata } from "../api/metadata.ts";
import { operation, paging } from "../api/operation.ts";
import type { Values } from "../api/params.ts";
import { inParam, inPath } from "../lookups.ts";
import { newSetupIntent } from "../setup-intents/shape.ts";
import { readRates } from "../taxes/read-rates.ts";
import { change, create, type Unit } from "../unit.ts";
import type { CheckoutSession, Customer } from "../wire.ts";
import { checkAmount, checkTogether, expiry } from "./checks.ts";
import { readCustomFields } from "./custom-fields.ts";
import { readCustomText } from "./custom-text.ts";
import { expireSession } from "./expire.ts";
import { readLineRates, readLines } from "./line-params.ts";
import { readAfterExpiration } from "./recovery.ts";
import { sessionListParams, sessionParams, sessionUpdateParams } from "./session-params.ts";
import { newSession } from "./shape.ts";
import { costOf, readShipping } from "./shipping.ts";
import { sumsOf } from "./sums.ts";
import { namedReduction, priced, ratesIn } from "./totals.ts";

type Sent = Values<typeof sessionParams>;
function detailsOf(customer: Customer | undefined, mode: Sent["mode"]): CheckoutSession["customer_details"] {
  if (!customer) return null;
  return {
    address: null,
    business_name: null,
    email: customer.email,
    individual_name: null,
    name: null,
    phone: null,
    tax_exempt: mode === "setup" ? null : (customer.tax_exempt ?? "none"),
    tax_ids: null,
  };
}

/** How the customer may pay: as named, else with a card, and in euro by a debit from a bank account as well. */
function methodsOf({ allowed_payment_method_types: named, mode }: Sent, currency: string): string[] {
  return [...(named ?? (mode !== "setup" && currency === "eur" ? ["card", "sepa_debit"] : ["card"]))];
}

/** The setup that the page completes: made with the session, so that the caller can follow it. */
function setupOf(unit: Unit, customer: Customer | undefined, params: Sent): Partial<CheckoutSession> {
  const setup = newSetupIntent(unit, {
    customer: customer?.id ?? null,
    description: params.setup_intent_data?.description ?? null,
    metadata: mergeMetadata({}, params.setup_intent_data?.metadata),
  });
  create(unit, unit.world.setupIntents, setup, "setup_intent.created");
  return { currency: params.currency ?? null, setup_intent: setup.id };
}

function createSession(unit: Unit, params: Sent): CheckoutSession {
  const { world } = unit;
  const { mode } = params;
  checkTogether(params);
  const expiresAt = expiry(unit.now, params.expires_at);
  const customer = params.customer === undefined ? undefined : inParam(world.customers, params.customer, "customer");
  const reduction = namedReduction(unit, params.discounts?.[0], customer?.id ?? null);
  const coupon = reduction?.coupon;
  const trial = params.subscription_data;
  const trialing = trial?.trial_period_days !== undefined || trial?.trial_end !== undefined;
  const bought = mode === "setup" ? [] : readLines(unit, params.line_items ?? [], mode);
  const rates = readLineRates(unit, params.line_items ?? [], bought);
  const usualRates = (readRates(unit, trial?.default_tax_rates, "subscription_data[default_tax_rates]") ?? []).map(
    (one) => one.id,
  );
  const { lines, taxes } = priced(unit, bought, {
    coupon,
    trial: trialing,
    ratesOf: ratesIn(world, { rates, usualRates }),
    exemption: customer?.tax_exempt ?? null,
  });
  const currency = lines[0]?.currency ?? params.currency ?? "";
  const shipping = readShipping(unit, params.shipping_options, mode, currency);
  const total = sumsOf(lines, costOf(shipping[0])).amount_total ?? 0;
  if (mode !== "setup") checkAmount(total, currency, mode);
  if (params.currency !== undefined && params.currency !== currency) {
    throw invalid(
      `The price specified only supports \`${currency}\`. This doesn't match the expected currency: \`${params.currency}\`.`,
      "currency",
    );
  }
  const id = newId("cs_test");
  const session = newSession(
    {
      id,
      created: unit.now,
      expiresAt,
      mode,
      lines,
      url: `${world.publicUrl}/c/pay/${id}`,
      merchantName: world.merchantName,
    },
    {
      allowed_payment_method_types: params.allowed_payment_method_types ?? null,
      cancel_url: params.cancel_url ?? null,
      client_reference_id: params.client_reference_id ?? null,
      customer: customer?.id ?? null,
      customer_creation: mode === "payment" && !customer ? (params.customer_creation ?? "if_required") : null,
      customer_details: detailsOf(customer, mode),
      customer_email: params.customer_email ?? null,
      payment_method_types: methodsOf(params, currency),
      ...(params.payment_method_collection ? { payment_method_collection: params.payment_method_collection } : {}),
      ...(mode === "setup" ? setupOf(unit, customer, params) : {}),
      after_expiration: readAfterExpiration(params.after_expiration),
      allow_promotion_codes: params.allow_promotion_codes ?? null,
      custom_fields: readCustomFields(params.custom_fields),
      custom_text: readCustomText(params.custom_text),
      shipping_cost: costOf(shipping[0]),
      shipping_options: shipping,
      ...(coupon ? { discounts: [{ coupon: coupon.id, promotion_code: reduction?.code?.id ?? null }] } : {}),
      integration_identifier: params.integration_identifier ?? null,
      locale: (params.locale as CheckoutSession["locale"] | undefined) ?? null,
      metadata: mergeMetadata({}, params.metadata),
      shipping_address_collection: params.shipping_address_collection
        ? { allowed_countries: params.shipping_address_collection.allowed_countries as never }
        : null,
      submit_type: params.submit_type ?? null,
      success_url: params.success_url ?? null,
    },
  );
  const payment = params.payment_intent_data;
  world.sessions.insert(session);
  world.checkoutDetails.insert({
    id,
    created: unit.now,
    lines,
    subscriptionData: {
      description: trial?.description ?? null,
      metadata: mergeMetadata({}, trial?.metadata),
      trialDays: trial?.trial_period_days ?? null,
      trialEnd: trial?.trial_end ?? null,
      withoutCard: trial?.trial_settings?.end_behavior.missing_payment_method ?? null,
    },
    rates,
    usualRates,
    lineTaxes: taxes,
    couponId: coupon?.id ?? null,
    promotionCodeId: reduction?.code?.id ?? null,
    paymentData: {
      description: payment?.description ?? null,
      metadata: mergeMetadata({}, payment?.metadata),
      receiptEmail: payment?.receipt_email ?? null,
      setupFutureUsage: payment?.setup_future_usage ?? null,
    },
    intentId: null,
    pending: null,
  });
  world.due.put({ kind: "checkout.expire", id, at: expiresAt });
  return session;
}

export const checkoutOperations = [
  operation("POST", "/v1/checkout/sessions", sessionParams, ({ unit }, params) => createSession(unit, params)),
  operation("GET", "/v1/checkout/sessions", { ...paging, ...sessionListParams }, ({ unit, url }, params) =>
    pageOf(url, unit.world.sessions, params, {
      where: sent({
        payment_intent: params.payment_intent,
        subscription: params.subscription,
        customer: params.customer,
        status: params.status,
      }),
      created: params.created ?? {},
      matches: (one) =>
        params.customer_details === undefined || one.customer_details?.email === params.customer_details.email,
    }),
  ),
  operation("GET", "/v1/checkout/sessions/:id", {}, ({ unit, ids }) => inPath(unit.world.sessions, ids[0])),
  operation("POST", "/v1/checkout/sessions/:id", sessionUpdateParams, ({ unit, ids }, params) => {
    const current = inPath(unit.world.sessions, ids[0]);
    return change(unit, unit.world.sessions, current, {
      metadata: mergeMetadata(current.metadata ?? {}, params.metadata),
    });
  }),
  operation("GET", "/v1/checkout/sessions/:id/line_items", paging, ({ unit, ids, url }, params) => {
    const session = inPath(unit.world.sessions, ids[0]);
    return slice(url, unit.world.checkoutDetails.get(session.id)?.lines ?? [], params);
  }),
  operation("POST", "/v1/checkout/sessions/:id/expire", {}, ({ unit, ids }) => {
    const current = inPath(unit.world.sessions, ids[0]);
    if (current.status !== "open") {
      throw refused(
        `Only Checkout Sessions with a status in ["open"] can be expired. This Checkout Session has a status of ${current.status}.`,
      );
    }
    return expireSession(unit, current);
  }),
];
