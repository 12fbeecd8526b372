export { providerAccount, salesAccount, vatAccount } from "./account.ts";
export { exportLedger } from "./export-ledger.ts";
export { post } from "./post.ts";
export type { Entry } from "./posting.ts";
export { sweep, tendLedger } from "./tend-ledger.ts";
export { recordVerification, verifyLedger } from "./verify-ledger.ts";
