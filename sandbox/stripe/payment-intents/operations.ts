import { leastCharge, mostCharge } from "../amounts.ts";
import { invalid } from "../api/errors.ts";
import { pageOf, sent } from "../api/lists.ts";
import { mergeMetadata } from "../api/metadata.ts";
import { operation, paging } from "../api/operation.ts";
import { later, range, text, type Values } from "../api/params.ts";
import { wholeAddress } from "../customers/address.ts";
import { inParam, inPath } from "../lookups.ts";
import { methodNamed } from "../payment-methods/attach.ts";
import { change, create, type Unit } from "../unit.ts";
import type { PaymentIntent } from "../wire.ts";
import { cancel, capture } from "./capture.ts";
import { confirm } from "./confirm.ts";
import { cancelParams, captureParams, confirmParams, createParams, updateParams } from "./params.ts";
import { newPaymentIntent } from "./shape.ts";

function checkAmount(amount: number, currency: string): void {
  if (amount < leastCharge(currency))
    throw invalid(
      "The amount must be greater than or equal to the minimum charge amount allowed for your account and the currency set (https://docs.stripe.com/currencies#minimum-and-maximum-charge-amounts).  If you want to save a Payment Method for future use without an immediate payment, use a Setup Intent instead: https://docs.stripe.com/payments/setup-intents",
      "amount",
      amount <= 0 ? "parameter_invalid_integer" : "amount_too_small",
    );
  if (amount > mostCharge)
    throw invalid(`Amount must be no more than ${mostCharge} in the smallest unit.`, "amount", "amount_too_large");
}

export function shippingOf(given: Values<typeof createParams>["shipping"]): PaymentIntent["shipping"] {
  const address = wholeAddress(given?.address ?? {});
  if (!given || !address) return null;
  const { name, carrier = null, phone = null, tracking_number = null } = given;
  return { address, carrier, name, phone, tracking_number };
}

function createIntent(unit: Unit, params: Values<typeof createParams>) {
  const { world } = unit;
  checkAmount(params.amount, params.currency);
  const customer = params.customer === undefined ? undefined : inParam(world.customers, params.customer, "customer");
  const method = params.payment_method === undefined ? undefined : methodNamed(unit, params.payment_method);
  const intent = create(
    unit,
    world.paymentIntents,
    newPaymentIntent(unit, params.amount, params.currency, {
      automatic_payment_methods: params.automatic_payment_methods
        ? {
            allow_redirects: params.automatic_payment_methods.allow_redirects ?? "always",
            enabled: params.automatic_payment_methods.enabled,
          }
        : null,
      capture_method: params.capture_method ?? "automatic_async",
      confirmation_method: params.confirmation_method ?? "automatic",
      customer: customer?.id ?? null,
      description: params.description ?? null,
      metadata: mergeMetadata({}, params.metadata),
      payment_method: method?.id ?? null,
      receipt_email: params.receipt_email ?? null,
      setup_future_usage: params.setup_future_usage ?? null,
      shipping: shippingOf(params.shipping),
      status: method ? "requires_confirmation" : "requires_payment_method",
    }),
    "payment_intent.created",
  );
  if (!params.confirm) return intent;
  return confirm(unit, intent, {
    failWhenApprovalNeeded: params.error_on_requires_action ?? false,
    method: method?.id,
    offSession: params.off_session ?? false,
    returnUrl: params.return_url,
  });
}

function updateIntent(unit: Unit, current: PaymentIntent, params: Values<typeof updateParams>): PaymentIntent {
  const fresh = current.status === "requires_payment_method" || current.status === "requires_confirmation";
  const touched = params.amount ?? params.currency ?? params.customer ?? params.payment_method;
  if (!fresh && touched !== undefined)
    throw invalid(
      `This PaymentIntent's amount could not be updated because it has a status of ${current.status}. You may only update a PaymentIntent with one of the following statuses: requires_payment_method, requires_confirmation.`,
      undefined,
      "payment_intent_unexpected_state",
    );
  if (params.amount !== undefined) checkAmount(params.amount, params.currency ?? current.currency);
  if (params.customer !== undefined) inParam(unit.world.customers, params.customer, "customer");
  const method = params.payment_method === undefined ? undefined : methodNamed(unit, params.payment_method);
  return change(unit, unit.world.paymentIntents, current, {
    amount: params.amount ?? current.amount,
    currency: params.currency ?? current.currency,
    customer: params.customer ?? current.customer,
    description: params.description === undefined ? current.description : params.description,
    metadata: mergeMetadata(current.metadata, params.metadata),
    payment_method: method?.id ?? current.payment_method,
    receipt_email: params.receipt_email === undefined ? current.receipt_email : params.receipt_email,
    setup_future_usage:
      params.setup_future_usage === undefined ? current.setup_future_usage : params.setup_future_usage,
    ...(params.shipping ? { shipping: shippingOf(params.shipping) } : {}),
    ...(method && fresh ? { status: "requires_confirmation" as const } : {}),
  });
}

export const paymentIntentOperations = [
  operation("POST", "/v1/payment_intents", createParams, ({ unit }, params) => createIntent(unit, params)),
  operation(
    "GET",
    "/v1/payment_intents",
    { ...paging, created: range(), customer: text(), customer_account: later() },
    ({ unit, url }, params) =>
      pageOf(url, unit.world.paymentIntents, params, {
        where: sent({ customer: params.customer }),
        created: params.created ?? {},
      }),
  ),
  operation("GET", "/v1/payment_intents/:id", { client_secret: text() }, ({ unit, ids }) =>
    inPath(unit.world.paymentIntents, ids[0]),
  ),
  operation("POST", "/v1/payment_intents/:id", updateParams, ({ unit, ids }, params) =>
    updateIntent(unit, inPath(unit.world.paymentIntents, ids[0]), params),
  ),
  operation("POST", "/v1/payment_intents/:id/confirm", confirmParams, ({ unit, ids }, params) =>
    confirm(unit, inPath(unit.world.paymentIntents, ids[0]), {
      failWhenApprovalNeeded: params.error_on_requires_action ?? false,
      method: params.payment_method,
      offSession: params.off_session ?? false,
      returnUrl: params.return_url,
    }),
  ),
  operation("POST", "/v1/payment_intents/:id/capture", captureParams, ({ unit, ids }, params) => {
    const captured = capture(unit, inPath(unit.world.paymentIntents, ids[0]), params.amount_to_capture);
    const merged = mergeMetadata(captured.metadata, params.metadata);
    return change(unit, unit.world.paymentIntents, captured, { metadata: merged });
  }),
  operation("POST", "/v1/payment_intents/:id/cancel", cancelParams, ({ unit, ids }, params) =>
    cancel(unit, inPath(unit.world.paymentIntents, ids[0]), params.cancellation_reason),
  ),
];
