import { sql } from "drizzle-orm";
import { invoices } from "../../drizzle/schema/subscriptions.ts";
import type { Tx } from "../kernel/db.ts";
import { few } from "../kernel/statement.ts";

/** What somebody says of an invoice, in the provider's words; `id` is theirs, to tell it from what others say. */
export type ToldInvoice = {
  readonly id: string;
  readonly stripeInvoiceId: string;
  readonly status: string;
  readonly amountPaid: number;
  readonly attemptCount: number;
  readonly nextPaymentAttemptAt: Date | null;
};

/**
 * Those that tell nothing new, by their ids: our copy stands just there, or further on a way that never leads back (a draft
 * is opened, an open one is paid). With the invoice its payment was looked at and written, so nothing is missed. Each is looked
 * up by its key (`limit 1`), however few bills there were when the statement was planned: their number only grows.
 */
export async function knownInvoices(tx: Tx, told: readonly ToldInvoice[]): Promise<string[]> {
  if (told.length === 0) return [];
  const rows = await tx.execute<{ id: string }>(sql`
    select told.id from ${few(told)} as one, json_to_record(one) as told(id text, "stripeInvoiceId" text, status text,
      "amountPaid" bigint, "attemptCount" int, "nextPaymentAttemptAt" timestamptz)
    cross join lateral (select * from ${invoices} where stripe_invoice_id = told."stripeInvoiceId" limit 1) ours
    where ours.attempt_count >= told."attemptCount" and ours.amount_paid >= told."amountPaid" and (
      (ours.status = 'paid' and told.status in ('draft', 'open', 'paid'))
      or (ours.status = 'open' and told.status = 'draft')
      or (ours.status = 'open' and told.status = 'open' and ours.attempt_count = told."attemptCount"
        and ours.amount_paid = told."amountPaid" and ours.next_payment_attempt_at is not distinct from told."nextPaymentAttemptAt")
    )`);
  return rows.map(({ id }) => id);
}
