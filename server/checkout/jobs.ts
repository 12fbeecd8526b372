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
/** Takes back the credits of a purchase that was paid back. */
export const reclaimRefundJob = defineJob({
  name: "checkout.reclaim-refund",
  payload: z.object({ refundId: z.string() }),
});
/** Finds the purchases that are due for a look. */
export const sweepCheckoutsJob = defineJob({ name: "checkout.sweep", payload: z.object({}), attempts: 3 });
