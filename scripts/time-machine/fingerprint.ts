import { createHash } from "node:crypto";
import type { Machine } from "./machine.ts";

/**
 * What a run left behind, a line each, without anything that chance decides: whose it is (the address), what it is, amounts,
 * and business times, to the second. The numbers of orders and receipts go by who was first within a moment.
 */
export async function leftBehind({ sql }: Pick<Machine, "sql">): Promise<string[]> {
  const exact = (column: string) => `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS')`;
  const rows = await sql.unsafe<{ line: string }[]>(`
    select concat_ws('|', 'membership', c.email, s.product_id, s.status, s.currency, s.amount, s.interval, s.quantity, s.extra_seats, ${exact("s.current_period_start_at")},
      ${exact("s.current_period_end_at")}, ${exact("s.cancel_at")}, ${exact("s.ended_at")}, ${exact("s.pause_at")}) as line
      from subscriptions s join customers c on c.id = s.customer_id
    union all select concat_ws('|', 'invoice', c.email, i.status, i.reason, i.currency, i.total_amount, i.amount_paid, i.tax_amount,
      i.attempt_count, ${exact("i.created_at")}, ${exact("i.paid_at")})
      from invoices i join customers c on c.id = i.customer_id
    union all select concat_ws('|', 'payment', c.email, p.status, p.currency, p.amount, p.refunded_amount, p.booked_amount, ${exact("p.paid_at")})
      from payments p join customers c on c.id = p.customer_id
    union all select concat_ws('|', 'try', c.email, a.outcome, a.decline_code, a.card_last4, ${exact("a.at")})
      from payment_attempts a join payments p on p.id = a.payment_id join customers c on c.id = p.customer_id
    union all select concat_ws('|', 'change', c.email, h.kind, h.timing, h.status, h.amount, h.extra_seats, ${exact("h.created_at")}, ${exact("h.effective_at")})
      from subscription_changes h join subscriptions s on s.id = h.subscription_id join customers c on c.id = s.customer_id
    union all select concat_ws('|', 'step', c.email, t.event, t.to_state, ${exact("t.at")})
      from subscription_transitions t join subscriptions s on s.id = t.subject_id join customers c on c.id = s.customer_id
    union all select concat_ws('|', 'seat', f.email, x.status, coalesce(u.email, n.email), ${exact("x.created_at")})
      from seats x join organizations o on o.id = x.organization_id and o.kind = 'company' join users f on f.id = o.created_by left join users u on u.id = x.user_id
      left join organization_invitations n on n.id = x.invitation_id
    union all select concat_ws('|', 'mail', m.to_address, m.template, regexp_replace(m.subject, '[A-Z0-9]+-[0-9]+', ''), m.status, ${exact("m.created_at")}) from emails m
    union all select concat_ws('|', 'books', a.kind, e.currency, sum(e.amount), count(*))
      from ledger_entries e join ledger_accounts a on a.id = e.account_id group by a.kind, e.currency
    order by 1`);
  return rows.map(({ line }) => line);
}

export function fingerprintOf(lines: readonly string[]): string {
  return createHash("sha256").update(lines.join("\n")).digest("hex");
}
