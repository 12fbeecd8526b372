import { sql } from "drizzle-orm";
import { invoices, subscriptions } from "../../drizzle/schema/subscriptions.ts";
import type { Tx } from "../kernel/db.ts";
import { few } from "../kernel/statement.ts";

/** What somebody says of an active membership that only went on to its next period; `id` is theirs. */
export type ToldPeriod = {
  readonly id: string;
  readonly stripeSubscriptionId: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
  /** The invoice of that period. */
  readonly stripeInvoiceId: string;
};

/** Those that tell nothing new, by their ids: our copy is active in just that period, and holds that invoice. */
export async function knownPeriods(tx: Tx, told: readonly ToldPeriod[]): Promise<string[]> {
  if (told.length === 0) return [];
  const rows = await tx.execute<{ id: string }>(sql`
    select told.id from ${few(told)} as one, json_to_record(one) as told(id text, "stripeSubscriptionId" text,
      "startsAt" timestamptz, "endsAt" timestamptz, "stripeInvoiceId" text)
    join ${subscriptions} ours on ours.stripe_subscription_id = told."stripeSubscriptionId"
    join ${invoices} bill on bill.stripe_invoice_id = told."stripeInvoiceId" and bill.subscription_id = ours.id
    where ours.status = 'active' and ours.current_period_start_at = told."startsAt"
      and ours.current_period_end_at = told."endsAt"`);
  return rows.map(({ id }) => id);
}
