import { z } from "zod";
import { defineJob } from "../kernel/job.ts";

/** Begins what follows a paid order: goods wait to be sent; an order without goods is complete. */
export const openFulfilmentJob = defineJob({ name: "fulfilment.open", payload: z.object({ orderId: z.string() }) });
/** Completes the order whose goods have left. */
export const finishOrderJob = defineJob({
  name: "fulfilment.finish-order",
  payload: z.object({ fulfilmentId: z.string() }),
});
/** Tells the buyer that the goods have left. */
export const sendGoodsShippedJob = defineJob({
  name: "fulfilment.send-shipped",
  payload: z.object({ fulfilmentId: z.string() }),
});
