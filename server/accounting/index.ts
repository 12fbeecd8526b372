export { bookPayment } from "./book-payment.ts";
export { bookTaxAnew, type TaxDifference, taxDifferences } from "./book-tax-anew.ts";
export { sweep, sweepPayments } from "./sweep-payments.ts";
