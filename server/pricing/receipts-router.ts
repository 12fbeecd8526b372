import { holding } from "../kernel/actor.ts";
import { access, router, STAFF } from "../trpc/init.ts";
import { examinePriceReceipt, getPriceReceipt } from "./get-price-receipt.ts";
import { receiptInput, receiptListInput } from "./input.ts";
import { listReceipts } from "./receipt-list.ts";
import { orderReceiptCheck } from "./recheck-receipts.ts";

/** Price receipts: row-level security shows each to the one who paid (or holds the order's token) and to staff. */
export const receiptsRouter = router({
  get: access("public")
    .input(receiptInput)
    .query(({ ctx, input }) =>
      ctx.db.transaction((tx) => getPriceReceipt(tx, input.id), {
        as: input.ref === undefined ? ctx.actor : holding(ctx.actor, input.ref),
        readOnly: true,
      }),
    ),
  examine: access(STAFF)
    .input(receiptInput)
    .query(({ ctx, input }) => ctx.db.transaction((tx) => examinePriceReceipt(tx, input.id), { readOnly: true })),
  list: access(STAFF)
    .input(receiptListInput)
    .query(({ ctx, input }) => ctx.db.transaction((tx) => listReceipts(tx, input), { readOnly: true })),
  recheck: access({ staff: ["owner", "finance", "marketing"] }).mutation(({ ctx }) => orderReceiptCheck(ctx)),
});
