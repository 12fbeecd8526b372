import { sendPaymentFailed } from "../../server/payments/index.ts";
import type { sendPaymentFailedJob } from "../../server/payments/jobs.ts";
import type { Handler } from "../handler.ts";

export const handleSendPaymentFailed: Handler<typeof sendPaymentFailedJob> = sendPaymentFailed;
