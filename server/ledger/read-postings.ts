import { type SQL, sql } from "drizzle-orm";
import type { Tx } from "../kernel/db.ts";
import type { Phase, SealedPosting } from "./posting.ts";

type Row = Omit<SealedPosting, "at" | "entries"> & {
  readonly no: string;
  readonly seq: string | null;
  readonly hash: string | null;
  readonly phase: Phase;
  readonly at: string;
  readonly entries: readonly (readonly [accountId: string, currency: string, amount: number])[] | null;
};

export type ReadPosting = {
  readonly no: number;
  readonly seal: { readonly seq: number; readonly hash: string } | null;
  readonly posting: SealedPosting;
};

/** The next postings with their entries as the chain writes them: sealed ones by their seal's number, or those not sealed yet. */
export async function readPostings(
  tx: Tx,
  want: { readonly sealedAfter: number } | { readonly unsealedAfter: number },
  limit: number,
): Promise<ReadPosting[]> {
  const rows = await tx.execute<Row>(sql`
    select p.no, s.seq, s.hash, p.id, p.key, p.kind, p.source, p.phase, p.settles, p.reverses, p.actor, p.reason, p.at,
      (select json_agg(json_build_array(e.account_id, e.currency, e.amount) order by e.position)
       from ledger_entries e where e.posting_id = p.id) entries
    ${"sealedAfter" in want ? sealed(want.sealedAfter) : unsealed(want.unsealedAfter)} limit ${limit}`);
  return rows.map(({ no, seq, hash, at, entries, ...posting }) => ({
    no: Number(no),
    seal: seq === null || hash === null ? null : { seq: Number(seq), hash },
    posting: {
      ...posting,
      at: new Date(at),
      entries: (entries ?? []).map(([accountId, currency, amount]) => ({ accountId, currency, amount })),
    },
  }));
}

function sealed(after: number): SQL {
  return sql`from ledger_seals s join ledger_postings p on p.id = s.posting_id where s.seq > ${after} order by s.seq`;
}

/** Asks for each posting's seal by its index: a join is planned as a hash of all seals, once for every page (measured at 500,000). */
function unsealed(after: number): SQL {
  return sql`from ledger_postings p cross join (select null::bigint as seq, null::text as hash) s
    where p.no > ${after} and (select x.seq from ledger_seals x where x.posting_id = p.id) is null order by p.no`;
}
