import { sql } from "drizzle-orm";
import type { Tx } from "../kernel/db.ts";
import { send } from "../kernel/send.ts";

export type ObjectKind = "subscription" | "invoice" | "payment" | "checkout" | "organization" | "payout";
/**
 * Something of the provider's that may still change. `object` is its id there, `subject` ours. Of an organization, whose plan
 * follows from its subscriptions, `object` is its own id and `subject` the newest of these.
 */
export type OpenObject = { readonly kind: ObjectKind; readonly object: string; readonly subject: string };

/** Each is looked at once a day, so many in one run: 14,400 objects a day, without a burst. */
const BATCH = 50;

/** The next open objects of the round: never compared or a day ago, the longest ago first. */
export async function dueObjects(tx: Tx): Promise<OpenObject[]> {
  const now = tx.scope.now.getTime();
  const before = (ms: number) => new Date(now - ms).toISOString();
  return tx.execute<OpenObject>(sql`
    select kind, object, subject from (
      select 'subscription' as kind, stripe_subscription_id as object, id as subject, created_at from subscriptions
        where status not in ('canceled', 'incomplete_expired')
      union all select 'invoice', stripe_invoice_id, id, created_at from invoices where status in ('draft', 'open', 'uncollectible')
      union all select 'payment', external_id, id, created_at from payments
        where provider = 'stripe' and created_at > ${before(30 * 86_400_000)}
      union all select 'payout', external_id, external_id, created_at from payouts
        where status in ('pending', 'in_transit') or created_at > ${before(30 * 86_400_000)}
      union all select 'organization', organization_id, max(id), min(created_at) from subscriptions
        where organization_id is not null group by organization_id
      union all select 'checkout', stripe_session_id, id, created_at from checkouts
        where status in ('open', 'unknown') and stripe_session_id is not null
    ) open_objects
    left join reconciled_objects looks on looks.id = kind || ':' || object
    where created_at < ${before(10 * 60_000)} and looks.gone_at is null
      and (looks.looked_at is null or looks.looked_at < ${before(86_400_000)} or looks.looked_at > ${before(-60_000)})
    order by looks.looked_at nulls first, created_at, object limit ${BATCH}`);
}

/** Remembers that an object was compared; `gone` puts the tombstone: the provider knows it no more. */
export async function markCompared(tx: Tx, { kind, object }: OpenObject, gone = false): Promise<void> {
  const at = tx.scope.now.toISOString();
  const compared = tx.execute(sql`
    insert into reconciled_objects (id, looked_at, gone_at) values (${`${kind}:${object}`}, ${at}, ${gone ? at : null})
    on conflict (id) do update set looked_at = excluded.looked_at, gone_at = excluded.gone_at`);
  send(tx, compared);
}
