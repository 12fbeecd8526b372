import { newId, randomText } from "../../ids.ts";
import { invalid, refused, StripeFault } from "../api/errors.ts";
import { pageOf, sent } from "../api/lists.ts";
import { operation, paging } from "../api/operation.ts";
import {
  allLater,
  flag,
  hash,
  inert,
  list,
  mergeMetadata,
  metadata,
  oneOf,
  only,
  range,
  required,
  text,
  url,
  type Values,
} from "../api/params.ts";
import { declineFor } from "../cards.ts";
import { inParam, inPath } from "../lookups.ts";
import { attachTo, methodNamed } from "../payment-methods/attach.ts";
import { cardFault } from "../subscriptions/card-fault.ts";
import { change, create, type Unit } from "../unit.ts";
import type { PaymentMethod, SetupIntent } from "../wire.ts";
import { idOf } from "../world.ts";

const cards = list(only("card"));
const cardOptions = hash({ card: hash({ request_three_d_secure: only("automatic") }) });

export function newSetupIntent(unit: Unit, given: Partial<SetupIntent>): SetupIntent {
  const id = newId("seti");
  return {
    id,
    object: "setup_intent",
    allowed_payment_method_types: null,
    application: null,
    automatic_payment_methods: null,
    cancellation_reason: null,
    client_secret: `${id}_secret_${randomText(32)}`,
    created: unit.now,
    customer: null,
    customer_account: null,
    description: null,
    excluded_payment_method_types: null,
    flow_directions: null,
    last_setup_error: null,
    latest_attempt: null,
    livemode: false,
    managed_payments: null,
    mandate: null,
    metadata: {},
    next_action: null,
    on_behalf_of: null,
    payment_method: null,
    payment_method_configuration_details: null,
    payment_method_options: { card: { mandate_options: null, network: null, request_three_d_secure: "automatic" } },
    payment_method_types: ["card"],
    single_use_mandate: null,
    status: "requires_payment_method",
    usage: "off_session",
    ...given,
  };
}

/** The card is saved for payments to come, and belongs to the customer from now on. */
export function saveCard(unit: Unit, intent: SetupIntent, method: PaymentMethod): SetupIntent {
  const customer = unit.world.customers.get(idOf(intent.customer) ?? "");
  if (customer) attachTo(unit, method, customer);
  return change(
    unit,
    unit.world.setupIntents,
    intent,
    { last_setup_error: null, next_action: null, payment_method: method.id, status: "succeeded" },
    "setup_intent.succeeded",
  );
}

/** Asks the bank to let a card be kept: saved, refused with 402, or waiting for the customer's approval. */
export function confirmSetup(unit: Unit, intent: SetupIntent, id: string | null): SetupIntent | StripeFault {
  if (intent.status === "succeeded" || intent.status === "canceled")
    throw refused(
      `You cannot confirm this SetupIntent because it has a status of ${intent.status}.`,
      undefined,
      "setup_intent_unexpected_state",
    );
  if (id === null)
    throw invalid(
      "You cannot confirm this SetupIntent because it's missing a payment method.",
      "payment_method",
      "setup_intent_unexpected_state",
    );
  const method = methodNamed(unit, id);
  const behavior = unit.world.cards.get(method.id)?.behavior;
  if (behavior?.refusedAtOnce) {
    const fault = cardFault(declineFor(behavior.refusedAtOnce));
    const error = {
      code: "card_declined" as const,
      message: fault.message,
      payment_method: method,
      type: "card_error" as const,
    };
    const failed = change(
      unit,
      unit.world.setupIntents,
      intent,
      { last_setup_error: error, payment_method: null, status: "requires_payment_method" },
      "setup_intent.setup_failed",
    );
    return new StripeFault(402, { ...fault.body, setup_intent: failed, payment_method: method }, true);
  }
  if (behavior && behavior.approval !== "never" && intent.status !== "requires_action") {
    const page = `${unit.world.publicUrl}/approve/${intent.id}`;
    return change(
      unit,
      unit.world.setupIntents,
      intent,
      {
        next_action: { redirect_to_url: { return_url: page, url: page }, type: "redirect_to_url" },
        payment_method: method.id,
        status: "requires_action",
      },
      "setup_intent.requires_action",
    );
  }
  return saveCard(unit, intent, method);
}

/** The customer answered the bank: yes saves the card, no leaves the setup open for another one. */
export function answerSetup(unit: Unit, intent: SetupIntent, approved: boolean): SetupIntent {
  const method = unit.world.paymentMethods.get(idOf(intent.payment_method) ?? "");
  if (intent.status !== "requires_action" || !method) return intent;
  if (approved) return saveCard(unit, intent, method);
  const error = {
    code: "setup_intent_authentication_failure" as const,
    message: "The latest attempt to set up the payment method has failed because authentication failed.",
    payment_method: method,
    type: "invalid_request_error" as const,
  };
  return change(
    unit,
    unit.world.setupIntents,
    intent,
    { last_setup_error: error, next_action: null, payment_method: null, status: "requires_payment_method" },
    "setup_intent.setup_failed",
  );
}

const createParams = {
  ...allLater(
    "attach_to_self",
    "confirmation_token",
    "customer_account",
    "excluded_payment_method_types",
    "flow_directions",
    "mandate_data",
    "on_behalf_of",
    "payment_method_data",
    "single_use",
  ),
  allowed_payment_method_types: cards,
  automatic_payment_methods: hash({ allow_redirects: oneOf(["always", "never"]), enabled: required(flag()) }),
  confirm: flag(),
  customer: text(),
  description: text(1000),
  metadata: metadata(),
  payment_method: text(),
  payment_method_configuration: inert(),
  payment_method_options: cardOptions,
  return_url: url(),
  usage: oneOf(["off_session", "on_session"]),
  use_stripe_sdk: inert(),
};

function createSetup(unit: Unit, params: Values<typeof createParams>): SetupIntent | StripeFault {
  const customer =
    params.customer === undefined ? undefined : inParam(unit.world.customers, params.customer, "customer");
  const method = params.payment_method === undefined ? undefined : methodNamed(unit, params.payment_method);
  const automatic = params.automatic_payment_methods;
  const intent = create(
    unit,
    unit.world.setupIntents,
    newSetupIntent(unit, {
      automatic_payment_methods: automatic
        ? { allow_redirects: automatic.allow_redirects ?? "always", enabled: automatic.enabled }
        : null,
      customer: customer?.id ?? null,
      description: params.description ?? null,
      metadata: mergeMetadata({}, params.metadata),
      payment_method: method?.id ?? null,
      status: method ? "requires_confirmation" : "requires_payment_method",
      usage: params.usage ?? "off_session",
    }),
    "setup_intent.created",
  );
  return params.confirm ? confirmSetup(unit, intent, method?.id ?? null) : intent;
}

export const setupIntentOperations = [
  operation("POST", "/v1/setup_intents", createParams, ({ unit }, params) => createSetup(unit, params)),
  operation(
    "GET",
    "/v1/setup_intents",
    {
      ...paging,
      ...allLater("attach_to_self", "customer_account"),
      created: range(),
      customer: text(),
      payment_method: text(),
    },
    ({ unit, url: address }, params) =>
      pageOf(address, unit.world.setupIntents, params, {
        where: sent({ customer: params.customer }),
        created: params.created ?? {},
        matches: (one) => params.payment_method === undefined || one.payment_method === params.payment_method,
      }),
  ),
  operation("GET", "/v1/setup_intents/:id", { client_secret: text() }, ({ unit, ids }) =>
    inPath(unit.world.setupIntents, ids[0]),
  ),
  operation(
    "POST",
    "/v1/setup_intents/:id",
    {
      ...allLater(
        "attach_to_self",
        "customer_account",
        "excluded_payment_method_types",
        "flow_directions",
        "payment_method_data",
      ),
      allowed_payment_method_types: cards,
      customer: text(),
      description: text(1000),
      metadata: metadata(),
      payment_method: text(),
      payment_method_configuration: inert(),
      payment_method_options: cardOptions,
    },
    ({ unit, ids }, params) => {
      const current = inPath(unit.world.setupIntents, ids[0]);
      if (params.customer !== undefined) inParam(unit.world.customers, params.customer, "customer");
      const method = params.payment_method === undefined ? undefined : methodNamed(unit, params.payment_method);
      return change(unit, unit.world.setupIntents, current, {
        customer: params.customer ?? current.customer,
        description: params.description ?? current.description,
        metadata: mergeMetadata(current.metadata ?? {}, params.metadata),
        ...(method ? { payment_method: method.id, status: "requires_confirmation" as const } : {}),
      });
    },
  ),
  operation(
    "POST",
    "/v1/setup_intents/:id/confirm",
    {
      ...allLater("confirmation_token", "mandate_data", "payment_method_data"),
      allowed_payment_method_types: cards,
      payment_method: text(),
      payment_method_options: cardOptions,
      return_url: url(),
      use_stripe_sdk: inert(),
    },
    ({ unit, ids }, params) => {
      const current = inPath(unit.world.setupIntents, ids[0]);
      return confirmSetup(unit, current, params.payment_method ?? idOf(current.payment_method));
    },
  ),
  operation(
    "POST",
    "/v1/setup_intents/:id/cancel",
    { cancellation_reason: oneOf(["abandoned", "duplicate", "requested_by_customer"]) },
    ({ unit, ids }, params) => {
      const current = inPath(unit.world.setupIntents, ids[0]);
      if (current.status === "succeeded" || current.status === "canceled")
        throw refused(
          `You cannot cancel this SetupIntent because it has a status of ${current.status}.`,
          undefined,
          "setup_intent_unexpected_state",
        );
      const patch = {
        cancellation_reason: params.cancellation_reason ?? null,
        next_action: null,
        status: "canceled" as const,
      };
      return change(unit, unit.world.setupIntents, current, patch, "setup_intent.canceled");
    },
  ),
];
