import { sendOrderConfirmation } from "../../server/orders/index.ts";
import type { sendOrderConfirmationJob } from "../../server/orders/jobs.ts";
import type { Handler } from "../handler.ts";

export const handleSendOrderConfirmation: Handler<typeof sendOrderConfirmationJob> = sendOrderConfirmation;
