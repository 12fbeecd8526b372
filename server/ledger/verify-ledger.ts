import { ledgerVerifications } from "../../drizzle/schema/ledger.ts";
import { raiseAlert } from "../kernel/alert.ts";
import type { Ctx } from "../kernel/ctx.ts";
import { newId } from "../kernel/id.ts";
import { LedgerCheck, type LedgerReport } from "./ledger-check.ts";
import { streamLedger } from "./stream-ledger.ts";

/** Reads the whole ledger once and says whether the books balance, naming every row that was touched. Changes nothing. */
export async function verifyLedger(ctx: Pick<Ctx, "db">): Promise<LedgerReport> {
  return ctx.db.transaction(
    async (tx) => {
      const check = new LedgerCheck();
      for await (const record of streamLedger(tx)) check.add(record);
      return check.finish();
    },
    { isolation: "repeatable read", readOnly: true },
  );
}

/** The same, written down for the back office; problems raise an alert. Worker only. */
export async function recordVerification(ctx: Ctx): Promise<LedgerReport> {
  const report = await verifyLedger(ctx);
  await ctx.db.transaction(async (tx) => {
    await tx.insert(ledgerVerifications).values({ id: newId("lvf"), at: ctx.technical.now(), ...report });
    if (report.problems.length > 0) {
      await raiseAlert(tx, {
        kind: "ledger.does_not_balance",
        subject: "ledger",
        detail: `${report.problems.length} problems: ${report.problems.slice(0, 5).join("; ")}`,
      });
    }
  });
  ctx.log[report.problems.length === 0 ? "info" : "error"](
    { postings: report.postings, sealed: report.sealed, problems: report.problems.length },
    report.problems.length === 0 ? "the books balance" : "the books do not balance",
  );
  return report;
}
