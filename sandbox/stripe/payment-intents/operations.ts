import { pageOf, sent } from "../api/lists.ts";
import { operation, paging } from "../api/operation.ts";
import { allLater, clearable, later, mergeMetadata, metadata, range, text } from "../api/params.ts";
import { inPath } from "../lookups.ts";
import { change } from "../unit.ts";

export const paymentIntentOperations = [
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
  operation(
    "POST",
    "/v1/payment_intents/:id",
    {
      ...allLater(
        "allowed_payment_method_types",
        "amount",
        "amount_details",
        "application_fee_amount",
        "capture_method",
        "currency",
        "customer",
        "customer_account",
        "excluded_payment_method_types",
        "hooks",
        "payment_details",
        "payment_method",
        "payment_method_configuration",
        "payment_method_data",
        "payment_method_options",
        "receipt_email",
        "setup_future_usage",
        "shipping",
        "statement_descriptor",
        "statement_descriptor_suffix",
        "transfer_data",
        "transfer_group",
      ),
      description: clearable(text()),
      metadata: metadata(),
    },
    ({ unit, ids }, params) => {
      const current = inPath(unit.world.paymentIntents, ids[0]);
      return change(unit, unit.world.paymentIntents, current, {
        description: params.description === undefined ? current.description : params.description,
        metadata: mergeMetadata(current.metadata, params.metadata),
      });
    },
  ),
];
