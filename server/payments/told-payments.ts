import { sql } from "drizzle-orm";
import { paymentAttempts, payments } from "../../drizzle/schema/payments.ts";
import type { Tx } from "../kernel/db.ts";
import { few } from "../kernel/statement.ts";

/** What somebody says of a try at a payment; `id` is theirs, to tell it from what others say. */
export type ToldTry = {
  readonly id: string;
  readonly paymentExternalId: string;
  readonly chargeExternalId: string;
  readonly outcome: "approved" | "declined";
};

/**
 * Those that tell nothing new, by their ids: that very try stands in our copy with its outcome, so the payment was looked at
 * after it was made; of one that went through, the payment has the instant at which it was paid, too.
 */
export async function knownTries(tx: Tx, told: readonly ToldTry[]): Promise<string[]> {
  if (told.length === 0) return [];
  const rows = await tx.execute<{ id: string }>(sql`
    select told.id from ${few(told)} as one,
      json_to_record(one) as told(id text, "paymentExternalId" text, "chargeExternalId" text, outcome text)
    join ${paymentAttempts} tried on tried.external_id = told."chargeExternalId" and tried.outcome = told.outcome
    join ${payments} ours on ours.id = tried.payment_id and ours.external_id = told."paymentExternalId"
    where told.outcome = 'declined' or ours.paid_at is not null`);
  return rows.map(({ id }) => id);
}
