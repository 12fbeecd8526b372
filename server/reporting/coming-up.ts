import { sql } from "drizzle-orm";
import type { Tx } from "../kernel/db.ts";
import type { Currency } from "../kernel/money.ts";
import { nextAmount } from "../subscriptions/index.ts";

/** Something that will happen to a customer by itself, in business time. */
export type ComingUp = {
  readonly at: Date;
  /**
   * `renewal`: a membership is charged again. `retry`: an unpaid invoice is tried again. `end`: a membership ends.
   * `mail`: a mail that is queued goes out. `check`: we ask the provider how something stands.
   */
  readonly what: "renewal" | "retry" | "end" | "mail" | "check";
  /** The membership, mail or purchase to open; null where there is no page of its own. */
  readonly subscriptionId: string | null;
  readonly emailId: string | null;
  /** Minor units; null where nothing is charged. */
  readonly amount: number | null;
  readonly currency: Currency | null;
  /** What a person knows it by: a product's name in both languages is not needed, a template or an id is. */
  readonly subject: string;
};

type Row = {
  at: string;
  what: ComingUp["what"];
  subscription_id: string | null;
  email_id: string | null;
  amount: string | null;
  currency: Currency | null;
  subject: string;
};

const LIMIT = 30;

/** What will happen next with a customer and when, soonest first: charges with their sums, ends, mails and checks. */
export async function comingUp(tx: Tx, customerId: string): Promise<ComingUp[]> {
  const runs = sql`s.customer_id = ${customerId} and s.status in ('active', 'trialing', 'past_due')`;
  const rows = await tx.execute<Row>(sql`
    select * from (
      select current_period_end_at as at, 'renewal' as what, id as subscription_id, null as email_id, (${nextAmount})::bigint as amount, currency, product_id as subject
        from subscriptions where id in (select s.id from subscriptions s where ${runs} and s.cancel_at is null and s.current_period_end_at is not null
            and not (s.status = 'trialing' and s.stripe_card_id is null and s.trial_without_card in ('cancel', 'pause')))
      union all
      select s.cancel_at, 'end', s.id, null, null, null, s.product_id from subscriptions s where ${runs} and s.cancel_at is not null
      union all
      select i.next_payment_attempt_at, 'retry', i.subscription_id, null, i.total_amount - i.amount_paid, i.currency, coalesce(i.number, i.stripe_invoice_id)
        from invoices i where i.customer_id = ${customerId} and i.status = 'open' and i.next_payment_attempt_at is not null
      union all
      select e.created_at, 'mail', null, e.id, null, null, e.template
        from emails e where e.customer_id = ${customerId} and e.status in ('queued', 'sending')
      union all
      select s.next_check_at, 'check', s.id, null, null, null, s.stripe_subscription_id
        from subscriptions s where s.customer_id = ${customerId} and s.next_check_at is not null
      union all
      select c.next_check_at, 'check', null, null, null, null, coalesce(c.stripe_session_id, c.id)
        from checkouts c where c.customer_id = ${customerId} and c.next_check_at is not null
    ) coming order by at, what, subject limit ${LIMIT}`);
  return rows.map(({ at, subscription_id, email_id, amount, ...row }) => ({
    ...row,
    at: new Date(at),
    subscriptionId: subscription_id,
    emailId: email_id,
    amount: amount === null ? null : Number(amount),
  }));
}
