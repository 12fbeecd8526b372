import { pageOf } from "../api/lists.ts";
import { operation, paging } from "../api/operation.ts";
import { inert, later, only, required, text } from "../api/params.ts";
import { inParam, inPath } from "../lookups.ts";

export const paymentMethodOperations = [
  operation("GET", "/v1/payment_methods/:id", {}, ({ unit, ids }) => inPath(unit.world.paymentMethods, ids[0])),
  operation(
    "GET",
    "/v1/payment_methods",
    { ...paging, customer: required(text()), customer_account: later(), type: only("card"), allow_redisplay: inert() },
    ({ unit, url }, params) => {
      inParam(unit.world.customers, params.customer, "customer");
      return pageOf(url, unit.world.paymentMethods, params, { where: { customer: params.customer } });
    },
  ),
  operation(
    "GET",
    "/v1/customers/:id/payment_methods",
    { ...paging, type: only("card"), allow_redisplay: inert() },
    ({ unit, ids, url }, params) => {
      const customer = inPath(unit.world.customers, ids[0]);
      return pageOf(url, unit.world.paymentMethods, params, { where: { customer: customer.id } });
    },
  ),
  operation("GET", "/v1/customers/:id/payment_methods/:method", {}, ({ unit, ids }) => {
    inPath(unit.world.customers, ids[0]);
    return inPath(unit.world.paymentMethods, ids[1]);
  }),
];
