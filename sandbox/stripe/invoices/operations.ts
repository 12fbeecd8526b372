import { pageOf, sent, slice } from "../api/lists.ts";
import { operation, paging } from "../api/operation.ts";
import { allLater, later, mergeMetadata, metadata, oneOf, range, text } from "../api/params.ts";
import { inPath } from "../lookups.ts";
import { change } from "../unit.ts";

export const invoiceOperations = [
  operation(
    "GET",
    "/v1/invoices",
    {
      ...paging,
      collection_method: oneOf(["charge_automatically", "send_invoice"]),
      created: range(),
      customer: text(),
      customer_account: later(),
      due_date: range(),
      status: oneOf(["draft", "open", "paid", "uncollectible", "void"]),
      subscription: text(),
    },
    ({ unit, url }, params) =>
      pageOf(url, unit.world.invoices, params, {
        where: sent({ subscription: params.subscription, customer: params.customer, status: params.status }),
        created: params.created ?? {},
        matches: (one) =>
          (params.collection_method === undefined || one.collection_method === params.collection_method) &&
          (params.due_date === undefined || one.due_date !== null),
      }),
  ),
  operation("GET", "/v1/invoices/:id", {}, ({ unit, ids }) => inPath(unit.world.invoices, ids[0])),
  operation("GET", "/v1/invoices/:id/lines", paging, ({ unit, ids, url }, params) =>
    slice(url, inPath(unit.world.invoices, ids[0]).lines.data, params),
  ),
  operation(
    "POST",
    "/v1/invoices/:id",
    {
      ...allLater(
        "account_tax_ids",
        "application_fee_amount",
        "auto_advance",
        "automatic_tax",
        "automatically_finalizes_at",
        "collection_method",
        "custom_fields",
        "days_until_due",
        "default_payment_method",
        "default_source",
        "default_tax_rates",
        "description",
        "discounts",
        "due_date",
        "effective_at",
        "footer",
        "issuer",
        "number",
        "on_behalf_of",
        "payment_settings",
        "rendering",
        "shipping_cost",
        "shipping_details",
        "statement_descriptor",
        "transfer_data",
      ),
      metadata: metadata(),
    },
    ({ unit, ids }, params) => {
      const current = inPath(unit.world.invoices, ids[0]);
      return change(
        unit,
        unit.world.invoices,
        current,
        { metadata: mergeMetadata(current.metadata ?? {}, params.metadata) },
        "invoice.updated",
      );
    },
  ),
];
