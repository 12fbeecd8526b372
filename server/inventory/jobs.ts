import { z } from "zod";
import { defineJob } from "../kernel/job.ts";

/** Frees what was set aside for a payment page that is over. */
export const releaseStockJob = defineJob({ name: "inventory.release", payload: z.object({ checkoutId: z.string() }) });
/** Puts the goods of an order that was never paid back. */
export const restockCancelledJob = defineJob({
  name: "inventory.restock-cancelled",
  payload: z.object({ orderId: z.string() }),
});
/** Finds what is set aside for longer than its payment page lasts. */
export const sweepReservationsJob = defineJob({ name: "inventory.sweep", payload: z.object({}), attempts: 3 });
