export { adoptCart } from "./adopt-cart.ts";
export { closePage } from "./close-page.ts";
export { convergeCheckout } from "./converge-checkout.ts";
export type { CheckoutGateway, OpenedSession, SessionFacts, SessionRequest } from "./gateway.ts";
export { startCheckout } from "./start-checkout.ts";
export { sweep, sweepCheckouts } from "./sweep-checkouts.ts";
