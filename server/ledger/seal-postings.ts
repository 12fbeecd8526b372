import { desc, eq, sql } from "drizzle-orm";
import { ledgerPostings, ledgerSeals } from "../../drizzle/schema/ledger.ts";
import type { Ctx } from "../kernel/ctx.ts";
import type { Tx } from "../kernel/db.ts";
import { FIRST_HASH, sealOf } from "./posting.ts";
import { readPostings } from "./read-postings.ts";

const BATCH = 500;
/** One sealer at a time, whoever asks: the chain has one end. */
const LOCK = 7_411;

/** How far behind the chain's end a posting is looked for that was numbered early and committed late. */
const LOOK_BACK = 20_000;

/**
 * Adds the postings that are not sealed yet to the hash chain, in the order in which they were written, in batches of a transaction
 * each; never in the transaction that posts, which would make the chain's end a lock for the whole shop. Looks a stretch
 * back from the chain's end, or at all postings when `whole`: so it costs what is new, not what there is. Idempotent;
 * two at once wait for each other. Returns how many were sealed.
 */
export async function sealPostings(ctx: Ctx, { whole = false } = {}): Promise<number> {
  let sealed = 0;
  let after = whole ? 0 : null;
  for (;;) {
    const from = after;
    const batch = await ctx.db.transaction((tx) => sealBatch(tx, from));
    sealed += batch.count;
    after = batch.last;
    if (batch.count < BATCH) return sealed;
  }
}

async function sealBatch(tx: Tx, from: number | null): Promise<{ count: number; last: number }> {
  await tx.execute(sql`select pg_advisory_xact_lock(${LOCK})`);
  const [end] = await tx
    .select({ seq: ledgerSeals.seq, hash: ledgerSeals.hash, no: ledgerPostings.no })
    .from(ledgerSeals)
    .innerJoin(ledgerPostings, eq(ledgerPostings.id, ledgerSeals.postingId))
    .orderBy(desc(ledgerSeals.seq))
    .limit(1);
  const after = from ?? Math.max(0, (end?.no ?? 0) - LOOK_BACK);
  const postings = await readPostings(tx, { unsealedAfter: after }, BATCH);
  let { seq, hash } = end ?? { seq: 0, hash: FIRST_HASH };
  const seals = postings.map(({ posting }) => {
    hash = sealOf(hash, posting);
    seq += 1;
    return { seq, postingId: posting.id, hash };
  });
  if (seals.length > 0) await tx.insert(ledgerSeals).values(seals);
  return { count: seals.length, last: postings.at(-1)?.no ?? after };
}
