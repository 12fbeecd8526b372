const KINDS = [
  "provider",
  "sales",
  "vat",
  "deferred",
  "liability_paid",
  "liability_promo",
  "receivable",
  "issued",
  "revenue",
  "breakage",
] as const;
const PHASES = ["posted", "pending", "void"] as const;

/** What an account of a kind holds, in words. */
export function accountKindKey(kind: string) {
  const known = KINDS.find((word) => word === kind);
  return known ? (`ledger.kind.${known}` as const) : "words.none";
}

/** Whether a posting counts, waits, or was let go. */
export function postingPhaseKey(phase: string) {
  const known = PHASES.find((word) => word === phase);
  return known ? (`ledger.phase.${known}` as const) : "words.none";
}
