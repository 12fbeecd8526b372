import { releaseStock, restockCancelled, sweepReservations } from "../../server/inventory/index.ts";
import type { releaseStockJob, restockCancelledJob, sweepReservationsJob } from "../../server/inventory/jobs.ts";
import type { Handler } from "../handler.ts";

export const handleReleaseStock: Handler<typeof releaseStockJob> = releaseStock;
export const handleRestockCancelled: Handler<typeof restockCancelledJob> = restockCancelled;
export const handleSweepReservations: Handler<typeof sweepReservationsJob> = (ctx) => sweepReservations(ctx);
