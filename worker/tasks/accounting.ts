import { bookPayment, sweepPayments } from "../../server/accounting/index.ts";
import type { bookPaymentJob, sweepPaymentsJob } from "../../server/accounting/jobs.ts";
import type { Handler } from "../handler.ts";

export const handleBookPayment: Handler<typeof bookPaymentJob> = bookPayment;
export const handleSweepPayments: Handler<typeof sweepPaymentsJob> = (ctx) => sweepPayments(ctx);
