export {
  type Account,
  CREDIT,
  creditsAccount,
  providerAccount,
  salesAccount,
  vatAccount,
  walletAccount,
} from "./account.ts";
export { exportLedger } from "./export-ledger.ts";
export { hold, post } from "./post.ts";
export { credit, debit, type Entry, type NewPosting } from "./posting.ts";
export { reversePosting } from "./reverse-posting.ts";
export { sealPostings } from "./seal-postings.ts";
export { settlePosting } from "./settle-posting.ts";
export { sweep, tendLedger } from "./tend-ledger.ts";
export { recordVerification, verifyLedger } from "./verify-ledger.ts";
