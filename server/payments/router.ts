import { access, router, STAFF } from "../trpc/init.ts";
import { orderRefundsInput, refundListInput, refundPlanInput, requestRefundInput } from "./input.ts";
import { listRefunds } from "./refund-list.ts";
import { previewRefund, refundsOfOrder } from "./refund-queries.ts";
import { requestRefund } from "./request-refund.ts";

const refunds = router({
  list: access(STAFF)
    .input(orderRefundsInput)
    .query(({ ctx, input }) => ctx.db.transaction((tx) => refundsOfOrder(tx, input.orderId), { readOnly: true })),
  all: access(STAFF)
    .input(refundListInput)
    .query(({ ctx, input }) => ctx.db.transaction((tx) => listRefunds(tx, input), { readOnly: true })),
  preview: access(STAFF)
    .input(refundPlanInput)
    .query(({ ctx, input }) => ctx.db.transaction((tx) => previewRefund(tx, input), { readOnly: true })),
  request: access({ staff: ["owner", "finance"] })
    .input(requestRefundInput)
    .mutation(({ ctx, input }) => requestRefund(ctx, input)),
});

export const paymentsRouter = router({ refunds });
