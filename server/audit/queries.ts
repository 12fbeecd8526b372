import { sql } from "drizzle-orm";
import { countUpTo } from "../kernel/count-up-to.ts";
import type { Tx } from "../kernel/db.ts";
import type { Asked } from "../kernel/input.ts";
import { keyset } from "../kernel/page.ts";
import { withinDays } from "../kernel/shop-days.ts";
import type { auditListInput } from "./input.ts";

export type AuditRow = {
  readonly id: string;
  readonly at: Date;
  readonly actor: string;
  /** The actor's address, where it is a person who still has an account. */
  readonly who: string | null;
  readonly action: string;
  readonly subject: string;
  readonly reason: string | null;
  readonly detail: string | null;
  /** What was moved, where the entry tells of money. Minor units. */
  readonly money: { readonly amount: number; readonly currency: string } | null;
  /** What the subject belongs to: the order, or the membership, of a payment. */
  readonly parent: string | null;
  /** Its place in the chain; null until the next sealing. */
  readonly position: number | null;
};
type Row = Omit<AuditRow, "at" | "position" | "money"> & { at: string; position: string | null; cursor_at: string };

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
    select e.id, e.at, ${place.cursorAt} as cursor_at, e.actor, u.email as who, e.action, e.subject, e.reason, e.detail, s.position,
      (select coalesce(p.order_id, i.subscription_id) from payments p left join invoices i on i.id = p.invoice_id
        where p.id = e.subject) as parent
    ${from} and ${place.condition ?? sql`true`}
    order by ${sql.join(place.orderBy, sql`, `)} limit ${place.limit}`);
  const shown = rows.map(({ cursor_at, at, position, ...row }) => ({
    ...row,
    money: row.action.startsWith("payments.") ? moneyIn(row.detail) : null,
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
