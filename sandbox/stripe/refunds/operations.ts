import { invalid, refused } from "../api/errors.ts";
import { pageOf, sent } from "../api/lists.ts";
import { mergeMetadata, metadata } from "../api/metadata.ts";
import { operation, paging } from "../api/operation.ts";
import { integer, later, oneOf, range, text } from "../api/params.ts";
import { inParam, inPath } from "../lookups.ts";
import { change, type Unit } from "../unit.ts";
import type { Charge } from "../wire.ts";
import { idOf } from "../world.ts";
import { makeRefund } from "./make-refund.ts";

/** The charge that a refund names, directly or through its payment. */
function chargeToRefund(unit: Unit, charge: string | undefined, intent: string | undefined): Charge {
  if (charge !== undefined) return inParam(unit.world.charges, charge, "charge");
  if (intent === undefined)
    throw invalid("One of the following params should be provided for this request: payment_intent or charge.");
  const latest = idOf(inParam(unit.world.paymentIntents, intent, "payment_intent").latest_charge);
  const found = latest === null ? undefined : unit.world.charges.get(latest);
  if (found?.status === "succeeded") return found;
  throw refused(`This PaymentIntent (${intent}) does not have a successful charge to refund.`, "payment_intent");
}

export const refundOperations = [
  operation(
    "POST",
    "/v1/refunds",
    {
      amount: integer(1),
      charge: text(),
      currency: later(),
      customer: later(),
      instructions_email: later(),
      metadata: metadata(),
      origin: later(),
      payment_intent: text(),
      reason: oneOf(["duplicate", "fraudulent", "requested_by_customer"]),
      refund_application_fee: later(),
      reverse_transfer: later(),
    },
    ({ unit }, params) => {
      const charge = chargeToRefund(unit, params.charge, params.payment_intent);
      const { amount, reason = null } = params;
      return makeRefund(unit, charge, { amount, metadata: mergeMetadata({}, params.metadata), reason });
    },
  ),
  operation(
    "GET",
    "/v1/refunds",
    { ...paging, charge: text(), created: range(), payment_intent: text() },
    ({ unit, url }, params) =>
      pageOf(url, unit.world.refunds, params, {
        where: sent({ charge: params.charge, payment_intent: params.payment_intent }),
        created: params.created ?? {},
      }),
  ),
  operation("GET", "/v1/refunds/:id", {}, ({ unit, ids }) => inPath(unit.world.refunds, ids[0])),
  operation("POST", "/v1/refunds/:id/cancel", {}, ({ unit, ids }) => {
    const current = inPath(unit.world.refunds, ids[0]);
    throw refused(
      `You can only cancel refunds that require the customer's action; ${current.id} is ${current.status}.`,
      undefined,
      "refund_cannot_be_canceled",
    );
  }),
  operation("POST", "/v1/refunds/:id", { metadata: metadata() }, ({ unit, ids }, params) => {
    const current = inPath(unit.world.refunds, ids[0]);
    return change(
      unit,
      unit.world.refunds,
      current,
      { metadata: mergeMetadata(current.metadata ?? {}, params.metadata) },
      "refund.updated",
    );
  }),
];
