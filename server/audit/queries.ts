import { sql } from "drizzle-orm";
import { countUpTo } from "../kernel/count-up-to.ts";
import type { Tx } from "../kernel/db.ts";
import type { Asked } from "../kernel/input.ts";
import { namesIn, withNames } from "../kernel/names.ts";
import { keyset } from "../kernel/page.ts";
import { withinDays } from "../kernel/shop-days.ts";
import type { auditListInput } from "./input.ts";

export type AuditRow = {
  readonly id: string;
  readonly at: Date;
  readonly actor: string;
  /** The actor by name, where it is a person who still has an account. */
  readonly who: string | null;
  readonly action: string;
  readonly subject: string;
  /** The subject by name, where it is a person or an organization. */
  readonly named: string | null;
  /** Why, or what about it, in short English or staff's own words, with names for ids. */
  readonly reason: string | null;
  readonly detail: string | null;
  /** What was moved, where the entry tells of money. Minor units. */
  readonly money: { readonly amount: number; readonly currency: string } | null;
  /** What the subject belongs to: the order or membership of a payment, a variant's product, a key's customer, a version's plan. */
  readonly parent: string | null;
  /** Its place in the chain; null until the next sealing. */
  readonly position: number | null;
};
type Row = Omit<AuditRow, "at" | "position" | "money" | "who" | "named"> & {
  at: string;
  position: string | null;
  cursor_at: string;
};

/** The audit log, newest first unless asked otherwise. */
export async function listAudit(tx: Tx, input: Asked<typeof auditListInput>) {
  const [at, id] = [sql`e.at`, sql`e.id`];
  const place = keyset(input, { by: at, id, type: "timestamptz", direction: input.direction ?? "desc" });
  const like = (text: string | undefined) => (text ? `${text.replaceAll(/[\\%_]/g, "\\$&")}%` : null);
  const [actor, action] = [like(input.actor), like(input.action)];
  const from = sql`from audit_entries e left join audit_seals s on s.entry_id = e.id
      left join users u on e.actor = 'staff:' || u.id
    where (${actor === null} or e.actor ilike ${actor} or u.email ilike ${actor})
      and (${action === null} or e.action ilike ${action})
      and (${!input.subject} or e.subject = ${input.subject ?? null})
      and ${withinDays(at, input) ?? sql`true`}`;
  const rows = await tx.execute<Row>(sql`
    select e.id, e.at, ${place.cursorAt} as cursor_at, e.actor, e.action, e.subject, e.reason, e.detail, s.position, case split_part(e.subject, '_', 1)
        when 'pay' then (select coalesce(p.order_id, i.subscription_id) from payments p left join invoices i on i.id = p.invoice_id where p.id = e.subject)
        when 'var' then (select v.product_id from variants v where v.id = e.subject)
        when 'key' then (select k.customer_id from api_keys k where k.id = e.subject)
        when 'plv' then (select v.plan_code from plan_versions v where v.id = e.subject) end as parent
    ${from} and ${place.condition ?? sql`true`}
    order by ${sql.join(place.orderBy, sql`, `)} limit ${place.limit}`);
  const names = await namesIn(
    tx,
    rows.flatMap((row) => [row.actor, row.subject, row.reason]),
  );
  const shown = rows.map(({ cursor_at, at, position, ...row }) => ({
    ...row,
    who: names[row.actor.split(":")[1] ?? ""] ?? null,
    named: names[row.subject] ?? null,
    reason: row.reason === null ? null : withNames(row.reason, names),
    money: moneyIn(row.detail),
    at: new Date(at),
    position: position === null ? null : Number(position),
    cursorAt: cursor_at,
  }));
  return {
    ...place.page<AuditRow & { cursorAt: string }>(shown),
    total: input.counted ? await countUpTo(tx, from) : null,
  };
}

/** `39900 SEK`, as the log keeps a movement of money. */
function moneyIn(detail: string | null): AuditRow["money"] {
  const [, amount, currency] = /^(-?\d+) ([A-Z]{3})$/.exec(detail ?? "") ?? [];
  return amount && currency ? { amount: Number(amount), currency } : null;
}

export type LastCheck = { readonly at: Date; readonly entries: number; readonly problem: string | null };

/** When the chain was last walked, and what was found; null before the first time. */
export async function lastCheck(tx: Tx): Promise<LastCheck | null> {
  const [row] = await tx.execute<{ at: string; entries: string; problem: string | null }>(
    sql`select at, entries, problem from audit_checks order by at desc limit 1`,
  );
  return row ? { at: new Date(row.at), entries: Number(row.entries), problem: row.problem } : null;
}
