import { z } from "zod";
import { defineJob } from "../kernel/job.ts";

/** Asks Stripe how a payment page stands and does what follows. */
export const convergeCheckoutJob = defineJob({
  name: "checkout.converge",
  payload: z.object({ checkoutId: z.string() }),
});
/** Closes a payment page that must not be paid on any more. */
export const closePageJob = defineJob({ name: "checkout.close-page", payload: z.object({ checkoutId: z.string() }) });
/** Looks again at the prices of a purchase whose payment page was refused. */
export const recheckPricesJob = defineJob({
  name: "checkout.recheck-prices",
  payload: z.object({ checkoutId: z.string() }),
});
/** Buys credits with a saved card where they have run low. */
export const topUpCreditsJob = defineJob({ name: "checkout.top-up", payload: z.object({ customerId: z.string() }) });
/** Has credits watched at what their owner chose. */
export const watchCreditsJob = defineJob({
  name: "checkout.watch-credits",
  payload: z.object({ customerId: z.string().optional(), grantId: z.string().optional() }),
});
export const sendCreditsLowJob = defineJob({
  name: "checkout.send-credits-low",
  payload: z.object({ customerId: z.string() }),
});
export const sendTopUpFailedJob = defineJob({
  name: "checkout.send-top-up-failed",
  payload: z.object({ customerId: z.string(), cap: z.enum(["daily_cap", "monthly_cap"]).optional() }),
});
/** Takes back the credits of a purchase whose payment is disputed, or gives them back. */
export const followDisputeJob = defineJob({
  name: "checkout.follow-dispute",
  payload: z.object({ paymentId: z.string() }),
});
/** Takes back the credits of a purchase that was paid back, or gives them back where that failed. */
export const reclaimRefundJob = defineJob({
  name: "checkout.reclaim-refund",
  /** `since`: since when it comes back for its payment. Technical time. */
  payload: z.object({ refundId: z.string(), since: z.iso.datetime().optional() }),
});
/** Finds the top-ups that a cap stood in the way of and does no more. */
export const sweepTopUpsJob = defineJob({ name: "checkout.sweep-top-ups", payload: z.object({}), attempts: 3 });
/** Finds the purchases that are due for a look. */
export const sweepCheckoutsJob = defineJob({ name: "checkout.sweep", payload: z.object({}), attempts: 3 });
