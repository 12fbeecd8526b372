import { executeRefund, sendPaymentFailed, sendRefundMade, sweepRefunds } from "../../server/payments/index.ts";
import type {
  sendPaymentFailedJob,
  sendRefundJob,
  sendRefundMadeJob,
  sweepRefundsJob,
} from "../../server/payments/jobs.ts";
import type { Handler } from "../handler.ts";

export const handleSendPaymentFailed: Handler<typeof sendPaymentFailedJob> = sendPaymentFailed;
export const handleSendRefund: Handler<typeof sendRefundJob> = executeRefund;
export const handleSendRefundMade: Handler<typeof sendRefundMadeJob> = sendRefundMade;
export const handleSweepRefunds: Handler<typeof sweepRefundsJob> = (ctx) => sweepRefunds(ctx);
