import { pageOf, sent } from "../api/lists.ts";
import { operation, paging } from "../api/operation.ts";
import { clearable, later, mergeMetadata, metadata, range, text } from "../api/params.ts";
import { inPath } from "../lookups.ts";
import { change } from "../unit.ts";

export const paymentIntentOperations = [
  operation("GET", "/v1/payment_intents", { ...paging, created: range(), customer: text() }, ({ unit, url }, params) =>
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
      amount: later(),
      customer: later(),
      description: clearable(text()),
      metadata: metadata(),
      payment_method: later(),
      shipping: later(),
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
