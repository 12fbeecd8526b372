import { openFulfilment } from "../../server/fulfilment/index.ts";
import type { openFulfilmentJob } from "../../server/fulfilment/jobs.ts";
import type { Handler } from "../handler.ts";

export const handleOpenFulfilment: Handler<typeof openFulfilmentJob> = openFulfilment;
