export { closePage } from "./close-page.ts";
export { convergeCheckout } from "./converge-checkout.ts";
export type { CheckoutGateway, SessionFacts } from "./gateway.ts";
export { keepOrderLinks } from "./keep-order-links.ts";
export { recheckPrices } from "./recheck-prices.ts";
export { reclaimRefund } from "./reclaim-refund.ts";
export { sweep, sweepCheckouts } from "./sweep-checkouts.ts";
