import { desc } from "drizzle-orm";
import { ledgerVerifications } from "../../drizzle/schema/ledger.ts";
import type { Ctx } from "../kernel/ctx.ts";
import { enqueue } from "../kernel/job.ts";
import type { Sweep } from "../kernel/sweep.ts";
import { sealPostingsJob, verifyLedgerJob } from "./jobs.ts";
import { sealPostings } from "./seal-postings.ts";

const VERIFY_EVERY_MS = 24 * 3_600_000;

/** Seals what was posted since the last minute, and once a day looks for all that is not sealed and has the ledger verified. Idempotent. */
export async function tendLedger(ctx: Ctx): Promise<number> {
  const due = await ctx.db.transaction(async (tx) => {
    const { at } = ledgerVerifications;
    const [last] = await tx.select({ at }).from(ledgerVerifications).orderBy(desc(at)).limit(1);
    if (last && ctx.technical.now().getTime() - last.at.getTime() < VERIFY_EVERY_MS) return false;
    await enqueue(tx, verifyLedgerJob, {}, { key: verifyLedgerJob.name });
    return true;
  });
  return sealPostings(ctx, { whole: due });
}

/** Sealing follows real time, so a moved clock makes none due: the minute's run is its only alarm. */
export const sweep: Sweep = { name: "ledger", job: sealPostingsJob, nextDue: async () => null };
