import {
  closePage,
  followDispute,
  lookAtCheckout,
  recheckPrices,
  reclaimRefund,
  sendCreditsLow,
  sendTopUpFailed,
  sweepCheckouts,
  sweepTopUps,
  topUpCredits,
  watchCredits,
} from "../../server/checkout/index.ts";
import type {
  closePageJob,
  convergeCheckoutJob,
  followDisputeJob,
  recheckPricesJob,
  reclaimRefundJob,
  sendCreditsLowJob,
  sendTopUpFailedJob,
  sweepCheckoutsJob,
  sweepTopUpsJob,
  topUpCreditsJob,
  watchCreditsJob,
} from "../../server/checkout/jobs.ts";
import type { Handler } from "../handler.ts";

export const handleConvergeCheckout: Handler<typeof convergeCheckoutJob> = lookAtCheckout;
export const handleClosePage: Handler<typeof closePageJob> = closePage;
export const handleRecheckPrices: Handler<typeof recheckPricesJob> = recheckPrices;
export const handleFollowDispute: Handler<typeof followDisputeJob> = followDispute;
export const handleReclaimRefund: Handler<typeof reclaimRefundJob> = reclaimRefund;
export const handleSendCreditsLow: Handler<typeof sendCreditsLowJob> = sendCreditsLow;
export const handleSendTopUpFailed: Handler<typeof sendTopUpFailedJob> = sendTopUpFailed;
export const handleTopUpCredits: Handler<typeof topUpCreditsJob> = topUpCredits;
export const handleWatchCredits: Handler<typeof watchCreditsJob> = watchCredits;
export const handleSweepCheckouts: Handler<typeof sweepCheckoutsJob> = (ctx) => sweepCheckouts(ctx);
export const handleSweepTopUps: Handler<typeof sweepTopUpsJob> = (ctx) => sweepTopUps(ctx);
