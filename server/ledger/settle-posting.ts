import { eq } from "drizzle-orm";
import { ledgerPostings } from "../../drizzle/schema/ledger.ts";
import type { Tx } from "../kernel/db.ts";
import { ledgerErrors } from "./errors.ts";
import type { Entry } from "./posting.ts";
import { entriesOf, type WrittenPosting, writePosting } from "./write-posting.ts";

export type Settlement = {
  readonly key: string;
  readonly pendingId: string;
  /** `entries` when what happened differs from what was held; it may take more only where the account has it. */
  readonly outcome: { readonly as: "posted"; readonly entries?: readonly Entry[] } | { readonly as: "void" };
  readonly reason?: string | undefined;
};

/**
 * Ends a pending posting: posts what happened, or voids it; what was held is free again. Idempotent by `key`. Throws
 * `ledger.not_found`, `ledger.not_pending`, `ledger.settled` when another key settled it first, `ledger.insufficient`.
 */
export async function settlePosting(tx: Tx, settlement: Settlement): Promise<WrittenPosting> {
  const { key, pendingId, outcome, reason } = settlement;
  const [pending] = await tx.select().from(ledgerPostings).where(eq(ledgerPostings.id, pendingId));
  if (!pending) throw ledgerErrors.notFound();
  if (pending.phase !== "pending") throw ledgerErrors.notPending();
  const settled = await entriesOf(tx, pendingId);
  const entries = outcome.as === "posted" ? (outcome.entries ?? settled) : settled;
  const { kind, source } = pending;
  return writePosting(tx, {
    ...{ key, kind, source, entries, settled, reason: reason ?? null },
    ...{ phase: outcome.as, settles: pendingId, reverses: null },
  });
}
