import { sql } from "drizzle-orm";
import type { z } from "zod";
import type { Tx } from "../kernel/db.ts";
import { type Page, pageOf, readCursor } from "../kernel/page.ts";
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
  /** Its place in the chain; null until the next sealing. */
  readonly position: number | null;
};
type Row = Omit<AuditRow, "at" | "position"> & { at: string; position: string | null; cursor_at: string };

/** The audit log, newest first. */
export async function listAudit(tx: Tx, input: z.output<typeof auditListInput>): Promise<Page<AuditRow>> {
  const after = readCursor(input.cursor);
  const like = (text: string | undefined) => (text ? `${text.replaceAll(/[\\%_]/g, "\\$&")}%` : null);
  const [actor, action] = [like(input.actor), like(input.action)];
  const rows = await tx.execute<Row>(sql`
    select e.id, e.at, e.at::text as cursor_at, e.actor, u.email as who, e.action, e.subject, e.reason, e.detail, s.position
    from audit_entries e left join audit_seals s on s.entry_id = e.id
      left join users u on e.actor = 'staff:' || u.id
    where (${actor === null} or e.actor ilike ${actor} or u.email ilike ${actor})
      and (${action === null} or e.action ilike ${action})
      and (${!input.subject} or e.subject = ${input.subject ?? null})
      and (${!input.from} or e.at >= ${input.from ?? null}::date::timestamp at time zone 'Europe/Stockholm')
      and (${!input.to} or e.at < (${input.to ?? null}::date + 1)::timestamp at time zone 'Europe/Stockholm')
      and (${after === null} or (e.at, e.id) < (${after?.at ?? null}::timestamptz, ${after?.id ?? null}))
    order by e.at desc, e.id desc limit ${input.limit + 1}`);
  return pageOf(
    rows.map(({ cursor_at, at, position, ...row }) => ({
      ...row,
      at: new Date(at),
      position: position === null ? null : Number(position),
      cursorAt: cursor_at,
    })),
    input.limit,
  );
}

export type LastCheck = { readonly at: Date; readonly entries: number; readonly problem: string | null };

/** When the chain was last walked, and what was found; null before the first time. */
export async function lastCheck(tx: Tx): Promise<LastCheck | null> {
  const [row] = await tx.execute<{ at: string; entries: string; problem: string | null }>(
    sql`select at, entries, problem from audit_checks order by at desc limit 1`,
  );
  return row ? { at: new Date(row.at), entries: Number(row.entries), problem: row.problem } : null;
}
