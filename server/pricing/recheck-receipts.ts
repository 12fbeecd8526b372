import { asc, gt } from "drizzle-orm";
import { priceReceipts } from "../../drizzle/schema/pricing.ts";
import { raiseAlert } from "../kernel/alert.ts";
import { recordAct } from "../kernel/audit.ts";
import type { Ctx } from "../kernel/ctx.ts";
import { enqueue } from "../kernel/job.ts";
import { recheckReceiptsJob } from "./jobs.ts";
import { reevaluateReceipt } from "./price-receipt.ts";

const BATCH = 500;

/** Has every stored receipt evaluated again by the worker. The act is recorded; one that waits already is not doubled. */
export async function orderReceiptCheck(ctx: Ctx): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    await enqueue(tx, recheckReceiptsJob, {}, { key: "pricing.recheck-receipts" });
    await recordAct(tx, { action: "receipts.recheck", subject: "price_receipts", reason: null });
  });
}

/**
 * Evaluates stored receipts again, from what is stored on them alone, and raises an alert for each that comes to another
 * answer or cannot be read. One bounded batch per run; a full one enqueues the next. Changes no receipt; idempotent.
 * Answers how many were looked at.
 */
export async function recheckReceipts(ctx: Ctx, input: { readonly after?: string | undefined }): Promise<number> {
  return ctx.db.transaction(async (tx) => {
    const rows = await tx
      .select()
      .from(priceReceipts)
      .where(gt(priceReceipts.id, input.after ?? ""))
      .orderBy(asc(priceReceipts.id))
      .limit(BATCH);
    for (const row of rows) {
      const { outcome } = reevaluateReceipt({ ...row, amount: row.amount ?? 0 });
      if (outcome === "same") continue;
      const detail =
        outcome === "differs"
          ? "Evaluated again, this receipt comes to another price: its rule was changed without a new version, or a row was."
          : "This receipt cannot be evaluated again: its rule or its inputs are not known here.";
      await raiseAlert(tx, { kind: "pricing.receipt_differs", subject: row.id, detail });
    }
    const last = rows.at(-1);
    if (rows.length === BATCH && last) await enqueue(tx, recheckReceiptsJob, { after: last.id });
    ctx.log.info({ receipts: rows.length }, "price receipts evaluated again");
    return rows.length;
  });
}
