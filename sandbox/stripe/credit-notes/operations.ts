import { pageOf, sent, slice } from "../api/lists.ts";
import { mergeMetadata, metadata } from "../api/metadata.ts";
import { operation, paging } from "../api/operation.ts";
import { inert, integer, later, oneOf, range, required, text, type Values } from "../api/params.ts";
import { inParam, inPath } from "../lookups.ts";
import { change, type Unit } from "../unit.ts";
import type { CreditNote } from "../wire.ts";
import { issue, sketch, voidNote, type Wanted } from "./issue.ts";
import { lineParams, readLines } from "./lines.ts";

const path = "/v1/credit_notes";

const params = {
  amount: integer(1),
  credit_amount: integer(0),
  effective_at: later(),
  email_type: inert(),
  invoice: required(text()),
  lines: lineParams,
  memo: text(),
  metadata: metadata(),
  out_of_band_amount: integer(0),
  reason: oneOf(["duplicate", "fraudulent", "order_change", "product_unsatisfactory"]),
  refund_amount: integer(0),
  refunds: later(),
  shipping_cost: later(),
};

function wanted(unit: Unit, sentNow: Values<typeof params>): Wanted {
  const invoice = inParam(unit.world.invoices, sentNow.invoice, "invoice");
  return {
    invoice,
    lines: readLines(unit, invoice, sentNow.lines, sentNow.amount),
    back: {
      credit: sentNow.credit_amount ?? 0,
      refund: sentNow.refund_amount ?? 0,
      outOfBand: sentNow.out_of_band_amount ?? 0,
    },
    memo: sentNow.memo ?? null,
    reason: sentNow.reason ?? null,
    metadata: mergeMetadata({}, sentNow.metadata),
  };
}

/** A note that is only looked at: its id and its lines' are of nothing that could be found again. */
function preview(unit: Unit, sentNow: Values<typeof params>): CreditNote {
  return sketch(unit, wanted(unit, sentNow));
}

export const creditNoteOperations = [
  operation("POST", path, params, ({ unit }, sentNow) => issue(unit, wanted(unit, sentNow))),
  operation("GET", `${path}/preview`, params, ({ unit }, sentNow) => preview(unit, sentNow)),
  operation("GET", `${path}/preview/lines`, { ...params, ...paging }, ({ unit, url }, sentNow) =>
    slice(url, preview(unit, sentNow).lines.data, sentNow),
  ),
  operation(
    "GET",
    path,
    { ...paging, created: range(), customer: text(), customer_account: later(), invoice: text() },
    ({ unit, url }, by) =>
      pageOf(url, unit.world.creditNotes, by, {
        where: sent({ invoice: by.invoice, customer: by.customer }),
        created: by.created ?? {},
      }),
  ),
  operation("GET", `${path}/:id`, {}, ({ unit, ids }) => inPath(unit.world.creditNotes, ids[0])),
  operation("GET", `${path}/:id/lines`, paging, ({ unit, ids, url }, by) =>
    slice(url, inPath(unit.world.creditNotes, ids[0]).lines.data, by),
  ),
  operation("POST", `${path}/:id`, { memo: text(), metadata: metadata() }, ({ unit, ids }, sentNow) => {
    const current = inPath(unit.world.creditNotes, ids[0]);
    const patch = {
      memo: sentNow.memo ?? current.memo,
      metadata: mergeMetadata(current.metadata ?? {}, sentNow.metadata),
    };
    return change(unit, unit.world.creditNotes, current, patch, "credit_note.updated");
  }),
  operation("POST", `${path}/:id/void`, {}, ({ unit, ids }) => voidNote(unit, inPath(unit.world.creditNotes, ids[0]))),
];
