import { sql } from "drizzle-orm";
import type { Tx } from "./db.ts";
import { newId } from "./id.ts";
import type { Currency } from "./money.ts";
import { send } from "./send.ts";

/** Something that does not add up and needs a person. `kind` is `domain.reason`; `subject` is the id of the thing. */
export type Alert = {
  readonly kind: string;
  readonly subject: string;
  readonly detail: string;
  /** What is at stake, in minor units, where it is known. */
  readonly money?: { readonly amount: number; readonly currency: Currency } | null;
};

/**
 * Puts something on the staff's list, in the caller's transaction. Idempotent: while one is open for the same kind and
 * subject, another changes nothing. `detail` is one English sentence without personal data.
 */
export async function raiseAlert(tx: Tx, alert: Alert): Promise<void> {
  const raised = tx.execute(
    sql`insert into alerts (id, kind, subject, detail, amount, currency, raised_at)
        values (${newId("alr")}, ${alert.kind}, ${alert.subject}, ${alert.detail}, ${alert.money?.amount ?? null}, ${alert.money?.currency ?? null}, ${tx.scope.now.toISOString()})
        on conflict (kind, subject) where resolved_at is null do nothing`,
  );
  send(tx, raised);
}

/** As {@link raiseAlert}, but once for good: where one of its kind and subject was dealt with already, nothing is raised any more. */
export async function raiseAlertOnce(tx: Tx, alert: Alert): Promise<void> {
  const [before] = await tx.execute(
    sql`select 1 as one from alerts where kind = ${alert.kind} and subject = ${alert.subject} limit 1`,
  );
  if (!before) await raiseAlert(tx, alert);
}

/** Takes something off the staff's list again that has mended by itself. Idempotent. */
export async function resolveAlert(tx: Tx, alert: Pick<Alert, "kind" | "subject">): Promise<void> {
  const resolved = tx.execute(
    sql`update alerts set resolved_at = ${tx.scope.now.toISOString()}
        where kind = ${alert.kind} and subject = ${alert.subject} and resolved_at is null`,
  );
  send(tx, resolved);
}
