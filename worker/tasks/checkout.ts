import {
  closePage,
  convergeCheckout,
  recheckPrices,
  reclaimRefund,
  sweepCheckouts,
} from "../../server/checkout/index.ts";
import type {
  closePageJob,
  convergeCheckoutJob,
  recheckPricesJob,
  reclaimRefundJob,
  sweepCheckoutsJob,
} from "../../server/checkout/jobs.ts";
import type { Handler } from "../handler.ts";

export const handleConvergeCheckout: Handler<typeof convergeCheckoutJob> = (ctx, payload) =>
  convergeCheckout(ctx, payload);
export const handleClosePage: Handler<typeof closePageJob> = closePage;
export const handleRecheckPrices: Handler<typeof recheckPricesJob> = recheckPrices;
export const handleReclaimRefund: Handler<typeof reclaimRefundJob> = reclaimRefund;
export const handleSweepCheckouts: Handler<typeof sweepCheckoutsJob> = (ctx) => sweepCheckouts(ctx);
