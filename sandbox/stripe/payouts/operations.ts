import { fits } from "../../store/page-query.ts";
import { pageOf } from "../api/lists.ts";
import { operation, paging } from "../api/operation.ts";
import { later, range, text } from "../api/params.ts";
import { inPath } from "../lookups.ts";
import { bringPayouts } from "./make.ts";

export const payoutOperations = [
  operation(
    "GET",
    "/v1/payouts",
    { ...paging, arrival_date: range(), created: range(), destination: later(), status: text() },
    ({ unit, url }, params) => {
      bringPayouts(unit);
      const arrival = { created: params.arrival_date ?? {}, limit: 1 };
      return pageOf(url, unit.world.payouts, params, {
        created: params.created ?? {},
        matches: (one) =>
          (params.status === undefined || one.status === params.status) && fits(arrival, { created: one.arrival_date }),
      });
    },
  ),
  operation("GET", "/v1/payouts/:id", {}, ({ unit, ids }) => {
    bringPayouts(unit);
    return inPath(unit.world.payouts, ids[0]);
  }),
];
