import { invalid } from "../api/errors.ts";
import { pageOf, sent } from "../api/lists.ts";
import { mergeMetadata, metadata } from "../api/metadata.ts";
import { operation, paging } from "../api/operation.ts";
import { currency, integer, range, required, text } from "../api/params.ts";
import { inPath } from "../lookups.ts";
import { change } from "../unit.ts";
import { moveBalance } from "./balance.ts";

const path = "/v1/customers/:id/balance_transactions";

export const balanceOperations = [
  operation(
    "POST",
    path,
    { amount: required(integer()), currency: required(currency()), description: text(350), metadata: metadata() },
    ({ unit, ids }, params) => {
      const customer = inPath(unit.world.customers, ids[0]);
      if (customer.currency && customer.currency !== params.currency)
        throw invalid(
          `The customer's currency is ${customer.currency}, and their balance cannot hold ${params.currency}.`,
          "currency",
        );
      return moveBalance(unit, customer, {
        amount: params.amount,
        currency: params.currency,
        description: params.description ?? null,
        metadata: mergeMetadata({}, params.metadata),
        type: "adjustment",
      });
    },
  ),
  operation("GET", path, { ...paging, created: range(), invoice: text() }, ({ unit, ids, url }, params) =>
    pageOf(url, unit.world.balanceEntries, params, {
      where: sent({ customer: inPath(unit.world.customers, ids[0]).id, invoice: params.invoice }),
      created: params.created ?? {},
    }),
  ),
  operation("GET", `${path}/:entry`, {}, ({ unit, ids }) => {
    inPath(unit.world.customers, ids[0]);
    return inPath(unit.world.balanceEntries, ids[1]);
  }),
  operation("POST", `${path}/:entry`, { description: text(350), metadata: metadata() }, ({ unit, ids }, params) => {
    inPath(unit.world.customers, ids[0]);
    const current = inPath(unit.world.balanceEntries, ids[1]);
    return change(unit, unit.world.balanceEntries, current, {
      description: params.description ?? current.description,
      metadata: mergeMetadata(current.metadata ?? {}, params.metadata),
    });
  }),
];
