import { defineErrors } from "../kernel/errors.ts";

export const ledgerErrors = defineErrors({
  notFound: ["ledger.not_found", "not_found", "There is no such posting."],
  keyReused: ["ledger.key_reused", "conflict", "Something else was posted with this key. Use a new key."],
  insufficient: ["ledger.insufficient", "conflict", "The account does not hold enough for this."],
  settled: ["ledger.settled", "conflict", "The pending posting was posted or voided already."],
  notPending: ["ledger.not_pending", "conflict", "Only a pending posting can be posted or voided."],
  reversed: ["ledger.reversed", "conflict", "The posting was reversed already."],
  notReversible: ["ledger.not_reversible", "conflict", "Only a posted posting can be reversed."],
});
