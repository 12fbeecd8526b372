export type { InvoiceFacts, SubscriptionFacts, SubscriptionGateway } from "./gateway.ts";
export { type InvoiceStatus, invoiceMachine } from "./invoice-status.ts";
export { type SubscriptionStatus, subscriptionMachine } from "./subscription-status.ts";
