export { bookPayment } from "./book-payment.ts";
export { sweep, sweepPayments } from "./sweep-payments.ts";
