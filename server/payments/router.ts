import { access, router, STAFF } from "../trpc/init.ts";
import { orderRefundsInput, payoutListInput, refundListInput, refundPlanInput, requestRefundInput } from "./input.ts";
import { listPayouts, payoutStanding } from "./payout-list.ts";
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

const payouts = router({
  list: access(STAFF)
    .input(payoutListInput)
    .query(({ ctx, input }) => ctx.db.transaction((tx) => listPayouts(tx, input), { readOnly: true })),
  standing: access(STAFF).query(({ ctx }) => ctx.db.transaction(payoutStanding, { readOnly: true })),
});

export const paymentsRouter = router({ refunds, payouts });
