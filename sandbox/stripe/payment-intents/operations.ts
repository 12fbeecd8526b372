import { invalid } from "../api/errors.ts";
import { pageOf, sent } from "../api/lists.ts";
import { mergeMetadata } from "../api/metadata.ts";
import { operation, paging } from "../api/operation.ts";
import { later, range, text, type Values } from "../api/params.ts";
import { checkAmount } from "../charges/amount.ts";
import { inParam, inPath } from "../lookups.ts";
import { methodNamed } from "../payment-methods/attach.ts";
import { change, create, type Unit } from "../unit.ts";
import { listOf, type PaymentIntent } from "../wire.ts";
import { cancel, capture } from "./capture.ts";
import { confirm } from "./confirm.ts";
import { incrementAuthorization, incrementParams } from "./increment.ts";
import { optionsOf } from "./options.ts";
import { cancelParams, captureParams, confirmParams, createParams, updateParams } from "./params.ts";
import { newPaymentIntent } from "./shape.ts";
import { shippingOf } from "./shipping.ts";

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
      payment_method_options: optionsOf(params.payment_method_options),
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
    payment_method_options: optionsOf(params.payment_method_options, current.payment_method_options),
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
  operation("POST", "/v1/payment_intents/:id/confirm", confirmParams, ({ unit, ids }, params) => {
    const current = inPath(unit.world.paymentIntents, ids[0]);
    const options = optionsOf(params.payment_method_options, current.payment_method_options);
    const intent = change(unit, unit.world.paymentIntents, current, { payment_method_options: options });
    return confirm(unit, intent, {
      failWhenApprovalNeeded: params.error_on_requires_action ?? false,
      method: params.payment_method,
      offSession: params.off_session ?? false,
      returnUrl: params.return_url,
    });
  }),
  operation("POST", "/v1/payment_intents/:id/capture", captureParams, ({ unit, ids }, params) => {
    const captured = capture(unit, inPath(unit.world.paymentIntents, ids[0]), params.amount_to_capture);
    const merged = mergeMetadata(captured.metadata, params.metadata);
    return change(unit, unit.world.paymentIntents, captured, { metadata: merged });
  }),
  operation("POST", "/v1/payment_intents/:id/increment_authorization", incrementParams, ({ unit, ids }, params) =>
    incrementAuthorization(unit, inPath(unit.world.paymentIntents, ids[0]), params),
  ),
  // Lines are refused where they could be sent, so no payment has any.
  operation("GET", "/v1/payment_intents/:id/amount_details_line_items", paging, ({ unit, ids, url }) => {
    inPath(unit.world.paymentIntents, ids[0]);
    return listOf(url, []);
  }),
  operation("POST", "/v1/payment_intents/:id/cancel", cancelParams, ({ unit, ids }, params) =>
    cancel(unit, inPath(unit.world.paymentIntents, ids[0]), params.cancellation_reason),
  ),
];
