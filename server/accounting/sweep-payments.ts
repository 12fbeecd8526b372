import { and, asc, inArray, sql } from "drizzle-orm";
import { payments } from "../../drizzle/schema/payments.ts";
import type { Ctx } from "../kernel/ctx.ts";
import type { Tx } from "../kernel/db.ts";
import { enqueue } from "../kernel/job.ts";
import type { Sweep } from "../kernel/sweep.ts";
import { MONEY_CAME } from "./book-payment.ts";
import { bookPaymentJob, sweepPaymentsJob } from "./jobs.ts";

const BATCH = 200;

/**
 * Has every payment booked whose money came or went without the ledger knowing: those from before there was a ledger, and
 * those whose job was lost. Idempotent, bounded; returns how many it found.
 */
export async function sweepPayments(ctx: Ctx): Promise<number> {
  return ctx.db.transaction(async (tx) => {
    const found = await unbooked(tx, BATCH);
    for (const { id } of found)
      await enqueue(tx, bookPaymentJob, { paymentId: id }, { key: `${bookPaymentJob.name}:${id}` });
    return found.length;
  });
}

async function unbooked(tx: Tx, limit: number) {
  return tx
    .select({ id: payments.id, at: payments.createdAt })
    .from(payments)
    .where(
      and(
        sql`${payments.bookedAmount} <> ${payments.amount} - ${payments.refundedAmount}`,
        inArray(payments.status, [...MONEY_CAME]),
      ),
    )
    .orderBy(asc(payments.id))
    .limit(limit);
}

export const sweep: Sweep = {
  name: "accounting",
  job: sweepPaymentsJob,
  nextDue: async (tx) => (await unbooked(tx, 1))[0]?.at ?? null,
};
