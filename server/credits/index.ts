export { consumeCredits, reportUsage, type Spending, type Spent } from "./consume-credits.ts";
export { type CreditDesk, createCreditDesk } from "./credit-desk.ts";
export { confirmReservation, releaseReservation } from "./end-reservation.ts";
export { type Granted, grantCredits, type NewGrant } from "./grant-credits.ts";
export { type Balance, readBalance } from "./queries.ts";
export { reclaimPurchase } from "./reclaim-purchase.ts";
export { reserveCredits } from "./reserve-credits.ts";
export { signalLow, watchBalance } from "./signal-low.ts";
export { sweep, sweepCredits } from "./sweep-credits.ts";
