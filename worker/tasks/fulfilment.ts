import { finishOrder, openFulfilment, sendGoodsShipped } from "../../server/fulfilment/index.ts";
import type { finishOrderJob, openFulfilmentJob, sendGoodsShippedJob } from "../../server/fulfilment/jobs.ts";
import type { Handler } from "../handler.ts";

export const handleOpenFulfilment: Handler<typeof openFulfilmentJob> = openFulfilment;
export const handleFinishOrder: Handler<typeof finishOrderJob> = finishOrder;
export const handleSendGoodsShipped: Handler<typeof sendGoodsShippedJob> = sendGoodsShipped;
