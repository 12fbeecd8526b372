import { pageOf, sent } from "../api/lists.ts";
import { operation, paging } from "../api/operation.ts";
import { hash, oneOf, range, required, text } from "../api/params.ts";
import { inPath } from "../lookups.ts";

export const invoicePaymentOperations = [
  operation(
    "GET",
    "/v1/invoice_payments",
    {
      ...paging,
      created: range(),
      invoice: text(),
      payment: hash({
        type: required(oneOf(["charge", "payment_intent", "payment_record"])),
        charge: text(),
        payment_intent: text(),
        payment_record: text(),
      }),
      status: oneOf(["canceled", "open", "paid"]),
    },
    ({ unit, url }, params) =>
      pageOf(url, unit.world.invoicePayments, params, {
        where: sent({
          payment_intent: params.payment?.payment_intent,
          charge: params.payment?.charge,
          invoice: params.invoice,
        }),
        created: params.created ?? {},
        matches: (one) => params.status === undefined || one.status === params.status,
      }),
  ),
  operation("GET", "/v1/invoice_payments/:id", {}, ({ unit, ids }) => inPath(unit.world.invoicePayments, ids[0])),
];
