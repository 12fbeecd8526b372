import { pageOf, sent } from "../api/lists.ts";
import { mergeMetadata, metadata } from "../api/metadata.ts";
import { operation, paging } from "../api/operation.ts";
import { allLater, clearable, email, hash, integer, later, oneOf, range, required, text } from "../api/params.ts";
import { inParam, inPath } from "../lookups.ts";
import { shipping, shippingOf } from "../payment-intents/shipping.ts";
import { bringPayouts } from "../payouts/make.ts";
import { change } from "../unit.ts";
import { captureCharge, mustBeReserved } from "./capture.ts";
import { chargeParams, createCharge } from "./create.ts";

export const chargeOperations = [
  operation("POST", "/v1/charges", chargeParams, ({ unit }, params) => createCharge(unit, params)),
  operation(
    "POST",
    "/v1/charges/:id/capture",
    {
      ...allLater(
        "application_fee",
        "application_fee_amount",
        "statement_descriptor",
        "statement_descriptor_suffix",
        "transfer_data",
        "transfer_group",
      ),
      amount: integer(1),
      receipt_email: email(),
    },
    ({ unit, ids }, params) => {
      const current = mustBeReserved(inPath(unit.world.charges, ids[0]));
      const named = change(unit, unit.world.charges, current, {
        receipt_email: params.receipt_email ?? current.receipt_email,
      });
      return captureCharge(unit, named, params.amount, "amount");
    },
  ),
  operation(
    "GET",
    "/v1/charges",
    { ...paging, created: range(), customer: text(), payment_intent: text(), transfer_group: later() },
    ({ unit, url }, params) =>
      pageOf(url, unit.world.charges, params, {
        where: sent({ payment_intent: params.payment_intent, customer: params.customer }),
        created: params.created ?? {},
      }),
  ),
  operation("GET", "/v1/charges/:id", {}, ({ unit, ids }) => inPath(unit.world.charges, ids[0])),
  operation(
    "POST",
    "/v1/charges/:id",
    {
      customer: text(),
      description: text(1000),
      fraud_details: hash({ user_report: required(clearable(oneOf(["fraudulent", "safe"]))) }),
      metadata: metadata(),
      receipt_email: email(),
      shipping,
      transfer_group: later(),
    },
    ({ unit, ids }, params) => {
      const current = inPath(unit.world.charges, ids[0]);
      if (params.customer !== undefined) inParam(unit.world.customers, params.customer, "customer");
      const report = params.fraud_details?.user_report;
      const patch = {
        customer: params.customer ?? current.customer,
        description: params.description ?? current.description,
        fraud_details: params.fraud_details ? (report ? { user_report: report } : {}) : current.fraud_details,
        metadata: mergeMetadata(current.metadata, params.metadata),
        receipt_email: params.receipt_email ?? current.receipt_email,
        shipping: params.shipping ? shippingOf(params.shipping) : current.shipping,
      };
      return change(unit, unit.world.charges, current, patch, "charge.updated");
    },
  ),
  operation("GET", "/v1/charges/:id/refunds", paging, ({ unit, ids, url }, params) =>
    pageOf(url, unit.world.refunds, params, { where: { charge: inPath(unit.world.charges, ids[0]).id } }),
  ),
  operation("GET", "/v1/balance_transactions/:id", {}, ({ unit, ids }) =>
    inPath(unit.world.balanceTransactions, ids[0]),
  ),
  operation(
    "GET",
    "/v1/balance_transactions",
    { ...paging, created: range(), source: text(), type: text(), currency: text(), payout: later() },
    ({ unit, url }, params) => {
      bringPayouts(unit);
      return pageOf(url, unit.world.balanceTransactions, params, {
        where: sent({ source: params.source }),
        created: params.created ?? {},
        matches: (one) =>
          (params.type === undefined || one.type === params.type) &&
          (params.currency === undefined || one.currency === params.currency),
      });
    },
  ),
];
