import { asc, gt } from "drizzle-orm";
import { ledgerAccounts, ledgerBalances } from "../../drizzle/schema/ledger.ts";
import type { Tx } from "../kernel/db.ts";
import type { LedgerRecord } from "./ledger-check.ts";
import { type ReadPosting, readPostings } from "./read-postings.ts";

const ROWS = 5_000;

/**
 * The whole ledger in the order that `LedgerCheck` wants, a few thousand rows at a time: memory does not grow with it.
 * Wants a transaction with one snapshot (repeatable read).
 */
export async function* streamLedger(tx: Tx): AsyncGenerator<LedgerRecord> {
  yield* accounts(tx);
  const sealed = pages(
    (after) => readPostings(tx, { sealedAfter: after }, ROWS),
    ({ seal }) => seal?.seq ?? 0,
  );
  for await (const { seal, posting } of sealed) if (seal) yield { type: "posting", ...seal, posting };
  const unsealed = pages(
    (after) => readPostings(tx, { unsealedAfter: after }, ROWS),
    ({ no }) => no,
  );
  for await (const { posting } of unsealed) yield { type: "unsealed", posting };
  yield* balances(tx);
}

async function* pages(read: (after: number) => Promise<ReadPosting[]>, place: (row: ReadPosting) => number) {
  for (let after = 0, rows = await read(after); rows.length > 0; rows = await read(after)) {
    yield* rows;
    after = rows.reduce((last, row) => Math.max(last, place(row)), after);
  }
}

async function* accounts(tx: Tx): AsyncGenerator<LedgerRecord> {
  const { id, kind, currency } = ledgerAccounts;
  for (let last = ""; ; ) {
    const rows = await tx
      .select({ id, kind, currency })
      .from(ledgerAccounts)
      .where(gt(id, last))
      .orderBy(asc(id))
      .limit(ROWS);
    for (const row of rows) yield { type: "account", ...row };
    if (rows.length < ROWS) return;
    last = rows.at(-1)?.id ?? last;
  }
}

async function* balances(tx: Tx): AsyncGenerator<LedgerRecord> {
  const { accountId } = ledgerBalances;
  for (let last = ""; ; ) {
    const rows = await tx.select().from(ledgerBalances).where(gt(accountId, last)).orderBy(asc(accountId)).limit(ROWS);
    for (const row of rows) yield { type: "balance", ...row };
    if (rows.length < ROWS) return;
    last = rows.at(-1)?.accountId ?? last;
  }
}
