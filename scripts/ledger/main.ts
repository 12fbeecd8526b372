import { createReadStream, createWriteStream } from "node:fs";
import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { LedgerCheck, type LedgerRecord, type LedgerReport } from "../../server/ledger/ledger-check.ts";
import { readArguments, refuseArguments } from "../process/arguments.ts";

const USAGE = `npm run ledger:verify            reads the shop's whole ledger and says whether the books balance
npm run ledger:export -- FILE    writes it to a file, a JSON record a line
node scripts/ledger/main.ts verify FILE    verifies such a file; wants no database`;
const [what, file, ...more] = readArguments(USAGE, { allowPositionals: true }).positionals;

if (more.length > 0) refuseArguments(USAGE, `One file at a time: ${more.join(", ")} is too much.`);
else if (what === "verify") {
  const report = file ? await verifyFile(file) : await withLedger(({ verifyLedger, ctx }) => verifyLedger(ctx));
  console.log(said(report));
  process.exitCode = report.problems.length === 0 ? 0 : 1;
} else if (what === "export" && file) {
  await withLedger(({ exportLedger, ctx }) => exportLedger(ctx, (lines) => write(file, lines)));
  console.log(`The ledger is in ${file}. Verify it anywhere: node scripts/ledger/main.ts verify ${file}`);
} else {
  refuseArguments(USAGE, "Say what to do: verify [FILE], or export FILE.");
}

function said({ postings, entries, sealed, headHash, problems }: LedgerReport): string {
  const size = `${postings} postings, ${entries} entries, ${sealed} sealed; the chain ends in ${headHash}.`;
  if (problems.length === 0) return `The books balance. ${size}`;
  return ["The books do NOT balance.", ...problems.map((problem) => `  ${problem}`), size].join("\n");
}

async function verifyFile(path: string): Promise<LedgerReport> {
  const check = new LedgerCheck();
  const lines = createInterface({ input: createReadStream(path), crlfDelay: Number.POSITIVE_INFINITY });
  let number = 0;
  for await (const line of lines) {
    number++;
    if (line !== "") check.add(readRecord(line, number));
  }
  return check.finish();
}

function readRecord(line: string, number: number): LedgerRecord {
  const record = parsed(line);
  if (typeof record?.type !== "string") {
    console.error(`Line ${number} is no record of a ledger: the file was cut off or changed. Export it anew.`);
    process.exit(1);
  }
  return "posting" in record ? { ...record, posting: { ...record.posting, at: new Date(record.posting.at) } } : record;
}

function parsed(line: string) {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

async function write(path: string, lines: AsyncIterable<string>): Promise<void> {
  await pipeline(Readable.from(lines), createWriteStream(path, { mode: 0o600 }));
}

/** Loaded only when a database is wanted: a file is verified without anything of the product but the check itself. */
async function withLedger<T>(work: (ledger: Awaited<ReturnType<typeof openLedger>>) => Promise<T>): Promise<T> {
  const { withDatabase } = await import("../db/open-database.ts");
  return withDatabase(async ({ service }) => {
    const ledger = await openLedger(service);
    try {
      return await work(ledger);
    } finally {
      await ledger.close();
    }
  });
}

async function openLedger(url: string) {
  const { connect, databaseFor } = await import("../../server/kernel/db.ts");
  const { exportLedger, verifyLedger } = await import("../../server/ledger/index.ts");
  const connection = connect(url, { name: "kraftverk-ledger", max: 1 });
  const db = databaseFor(connection, {
    actor: { kind: "system", name: "ledger" },
    now: () => new Date(),
    reactions: {},
  });
  return { ctx: { db }, exportLedger, verifyLedger, close: () => connection.close() };
}
