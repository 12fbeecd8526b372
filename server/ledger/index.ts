export {
  creditMoneyAccount,
  creditsAccount,
  liabilityAccount,
  providerAccount,
  receivableAccount,
  salesAccount,
  vatAccount,
} from "./account.ts";
export { exportLedger } from "./export-ledger.ts";
export { post } from "./post.ts";
export { credit, debit, type Entry } from "./posting.ts";
export { type KindSum, sumsOfKinds } from "./queries.ts";
export { sweep, tendLedger } from "./tend-ledger.ts";
export { recordVerification, verifyLedger } from "./verify-ledger.ts";
