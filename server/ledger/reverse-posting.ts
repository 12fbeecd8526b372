import { eq } from "drizzle-orm";
import { ledgerPostings } from "../../drizzle/schema/ledger.ts";
import type { Tx } from "../kernel/db.ts";
import { ledgerErrors } from "./errors.ts";
import { entriesOf, type WrittenPosting, writePosting } from "./write-posting.ts";

/**
 * Takes a posting back by its mirror image that cites it; the original stays as it was. Idempotent by `key`, and at most
 * once per posting. Throws `ledger.not_found`, `ledger.not_reversible`, `ledger.reversed`, `ledger.insufficient`.
 */
export async function reversePosting(
  tx: Tx,
  { key, postingId, reason }: { key: string; postingId: string; reason: string },
): Promise<WrittenPosting> {
  const [original] = await tx.select().from(ledgerPostings).where(eq(ledgerPostings.id, postingId));
  if (!original) throw ledgerErrors.notFound();
  if (original.phase !== "posted") throw ledgerErrors.notReversible();
  const entries = (await entriesOf(tx, postingId)).map(({ account, amount }) => ({ account, amount: -amount }));
  return writePosting(tx, {
    ...{ key, kind: original.kind, source: original.source, entries, reason },
    ...{ phase: "posted", settles: null, reverses: postingId, settled: [] },
  });
}
