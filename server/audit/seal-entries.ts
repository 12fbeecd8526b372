import { sql } from "drizzle-orm";
import { auditSeals } from "../../drizzle/schema/identity.ts";
import type { Ctx } from "../kernel/ctx.ts";
import type { Tx } from "../kernel/db.ts";
import { ENTRY_COLUMNS } from "./entry-columns.ts";
import { type EntryText, GENESIS, sealHash } from "./sealed-entry.ts";

const BATCH = 1000;

/**
 * Links every entry that is not in the chain yet, the oldest first: one process at a time, a batch per transaction, so that
 * no action ever waits for the chain. Idempotent. The head's hash goes to the log, where a copy of the database cannot
 * change it. Returns how many were sealed.
 */
export async function sealEntries(ctx: Ctx): Promise<number> {
  let sealed = 0;
  for (;;) {
    const batch = await ctx.db.transaction((tx) => sealBatch(tx, ctx.technical.now()));
    sealed += batch.count;
    if (batch.count > 0)
      ctx.log.info({ audit: { position: batch.position, head: batch.head } }, "audit entries sealed");
    if (batch.count < BATCH) return sealed;
  }
}

async function sealBatch(tx: Tx, at: Date): Promise<{ count: number; position: number; head: string }> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended('audit-seal', 0))`);
  const [last] = await tx.execute<{ position: string; hash: string }>(
    sql`select position, hash from audit_seals order by position desc limit 1`,
  );
  const entries = await tx.execute<EntryText>(sql`
    select ${ENTRY_COLUMNS} from audit_entries e
    where not exists (select 1 from audit_seals s where s.entry_id = e.id) order by e.at, e.id limit ${BATCH}`);
  let position = Number(last?.position ?? 0);
  let head = last?.hash ?? GENESIS;
  const rows = entries.map((entry) => {
    const previousHash = head;
    head = sealHash(previousHash, entry);
    position += 1;
    return { position, entryId: entry.id, previousHash, hash: head, sealedAt: at };
  });
  if (rows.length > 0) await tx.insert(auditSeals).values(rows);
  return { count: rows.length, position, head };
}
