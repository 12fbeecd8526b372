import { refused, type StripeFault } from "../api/errors.ts";
import { pageOf, sent } from "../api/lists.ts";
import { mergeMetadata, metadata } from "../api/metadata.ts";
import { operation, paging } from "../api/operation.ts";
import {
  allLater,
  flag,
  hash,
  inert,
  list,
  oneOf,
  only,
  range,
  required,
  text,
  url,
  type Values,
} from "../api/params.ts";
import { inParam, inPath } from "../lookups.ts";
import { methodNamed } from "../payment-methods/attach.ts";
import { change, create, type Unit } from "../unit.ts";
import type { SetupIntent } from "../wire.ts";
import { idOf } from "../world.ts";
import { confirmSetup } from "./confirm.ts";
import { newSetupIntent } from "./shape.ts";

const cards = list(only("card"));
const cardOptions = hash({ card: hash({ request_three_d_secure: only("automatic") }) });

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
