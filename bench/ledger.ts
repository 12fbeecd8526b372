import { spawn } from "node:child_process";
import { once } from "node:events";
import { createWriteStream, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type postgres from "postgres";
import { technicalClock } from "../server/kernel/clock.ts";
import { connect, databaseFor } from "../server/kernel/db.ts";
import { createLog } from "../server/kernel/log.ts";
import { exportLedger, verifyLedger } from "../server/ledger/index.ts";
import { sealPostings } from "../server/ledger/seal-postings.ts";

const ENTRIES = 1_000_000;
const ACCOUNTS = 10_000;
const POSTINGS = ENTRIES / 2;
const program = join(import.meta.dirname, "..", "scripts", "ledger", "main.ts");

export type LedgerFigures = { readonly verify: number; readonly verifyFile: number };

/** Seconds for the verification of a million entries: of the shop's own database, and of an export by a program without it. */
export async function measureLedger(admin: postgres.Sql, serviceUrl: string): Promise<LedgerFigures> {
  await admin.unsafe(`
    insert into ledger_accounts (id, kind, currency, side, guarded, created_at) values ('issued:CREDIT', 'issued', 'CREDIT', 'debit', false, now()) on conflict do nothing;
    insert into ledger_accounts (id, kind, currency, side, guarded, owner_id, created_at)
      select 'liability_promo:cus_ledger_' || n, 'liability_promo', 'CREDIT', 'credit', true, 'cus_ledger_' || n, now() from generate_series(1, ${ACCOUNTS}) n;
    insert into ledger_balances (account_id, posted, held)
      select 'liability_promo:cus_ledger_' || n, ${POSTINGS / ACCOUNTS} * 5, 0 from generate_series(1, ${ACCOUNTS}) n;
    insert into ledger_postings (id, key, kind, source, phase, entry_count, actor, at)
      select 'pst_ledger_' || n, 'ledger:' || n, 'credits.granted', 'bench', 'posted', 2, 'system:bench', now() from generate_series(1, ${POSTINGS}) n;
    insert into ledger_entries (posting_id, position, account_id, currency, amount)
      select 'pst_ledger_' || n, side, case side when 0 then 'issued:CREDIT' else 'liability_promo:cus_ledger_' || (1 + n % ${ACCOUNTS}) end, 'CREDIT',
        case side when 0 then 5 else -5 end from generate_series(1, ${POSTINGS}) n, generate_series(0, 1) side;
    analyze;`);
  const connection = connect(serviceUrl, { name: "bench-ledger", max: 1 });
  const actor = { kind: "system", name: "bench" } as const;
  const now = () => new Date();
  const db = databaseFor(connection, { actor, now, reactions: {} });
  const log = createLog({ process: "worker", level: "silent" });
  const ctx = { db, actor, now, technical: technicalClock, providers: {}, log, requestId: "bench" };
  const folder = mkdtempSync(join(tmpdir(), "kraftverk-ledger-"));
  try {
    await sealPostings(ctx, { whole: true });
    const verify = await timed(async () => {
      const { entries, problems } = await verifyLedger(ctx);
      if (entries < ENTRIES || problems.length > 0) throw new Error(`${entries} entries, ${problems.join("; ")}`);
    });
    const file = join(folder, "ledger.jsonl");
    await exportLedger(ctx, (lines) => pipeline(Readable.from(lines), createWriteStream(file)));
    const verifyFile = await timed(async () => {
      const [code] = await once(spawn(process.execPath, [program, "verify", file], { stdio: "ignore" }), "exit");
      if (code !== 0) throw new Error("the export does not balance");
    });
    return { verify, verifyFile };
  } finally {
    await connection.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function timed(work: () => Promise<void>): Promise<number> {
  const began = performance.now();
  await work();
  return (performance.now() - began) / 1000;
}
