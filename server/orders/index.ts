export { orderErrors } from "./errors.ts";
export { lineAmounts, orderAmounts, type TaxAtRate, taxPerRate } from "./order-amounts.ts";
export type { OrderStatus } from "./order-status.ts";
export { type Purchase, placeOrder } from "./place-order.ts";
export { sendOrderConfirmation } from "./send-order-confirmation.ts";
export { completeOrder, type Settlement, settleOrder } from "./settle-order.ts";
