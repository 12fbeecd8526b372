import { z } from "zod";
import { defineJob } from "../kernel/job.ts";

/** Begins what follows a paid order: goods wait to be sent; an order without goods is complete. */
export const openFulfilmentJob = defineJob({ name: "fulfilment.open", payload: z.object({ orderId: z.string() }) });
