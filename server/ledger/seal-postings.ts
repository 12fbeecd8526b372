import { desc, sql } from "drizzle-orm";
import { ledgerSeals } from "../../drizzle/schema/ledger.ts";
import type { Ctx } from "../kernel/ctx.ts";
import type { Tx } from "../kernel/db.ts";
import { FIRST_HASH, sealOf } from "./posting.ts";
import { readPostings } from "./read-postings.ts";

const BATCH = 500;
/** One sealer at a time, whoever asks: the chain has one end. */
const LOCK = 7_411;

/**
 * Adds the postings that are not sealed yet to the hash chain, in the order in which they were written, in batches of a transaction
 * each; never in the transaction that posts, which would make the chain's end a lock for the whole shop. Idempotent;
 * two at once wait for each other. Returns how many were sealed.
 */
export async function sealPostings(ctx: Ctx): Promise<number> {
  let sealed = 0;
  for (;;) {
    const count = await ctx.db.transaction(sealBatch);
    sealed += count;
    if (count < BATCH) return sealed;
  }
}

async function sealBatch(tx: Tx): Promise<number> {
  await tx.execute(sql`select pg_advisory_xact_lock(${LOCK})`);
  const [end] = await tx.select().from(ledgerSeals).orderBy(desc(ledgerSeals.seq)).limit(1);
  const postings = await readPostings(tx, { unsealedAfter: 0 }, BATCH);
  let { seq, hash } = end ?? { seq: 0, hash: FIRST_HASH };
  const seals = postings.map(({ posting }) => {
    hash = sealOf(hash, posting);
    seq += 1;
    return { seq, postingId: posting.id, hash };
  });
  if (seals.length > 0) await tx.insert(ledgerSeals).values(seals);
  return seals.length;
}
