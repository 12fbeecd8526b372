import { pageOf, sent } from "../api/lists.ts";
import { operation, paging } from "../api/operation.ts";
import { later, range, text } from "../api/params.ts";
import { inPath } from "../lookups.ts";

export const chargeOperations = [
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
    ({ unit, url }, params) =>
      pageOf(url, unit.world.balanceTransactions, params, {
        where: sent({ source: params.source }),
        created: params.created ?? {},
        matches: (one) =>
          (params.type === undefined || one.type === params.type) &&
          (params.currency === undefined || one.currency === params.currency),
      }),
  ),
];
