export { declineClass } from "./decline-class.ts";
export type { AttemptFacts, CardFacts, PaymentFacts, PaymentGateway } from "./gateway.ts";
export { findPaymentParent, type PaymentParent } from "./payment-parent.ts";
export type { PaymentStatus } from "./payment-status.ts";
export { providerCurrency } from "./provider-currency.ts";
export { recordPayment } from "./record-payment.ts";
export { sendPaymentFailed } from "./send-payment-failed.ts";
