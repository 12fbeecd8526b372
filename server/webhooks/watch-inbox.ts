import { sql } from "drizzle-orm";
import { raiseAlert, resolveAlert } from "../kernel/alert.ts";
import type { Ctx } from "../kernel/ctx.ts";
import type { Tx } from "../kernel/db.ts";
import { moneyOf, sumAtStake } from "./event-money.ts";
import { payloadBody } from "./incoming-event.ts";
import { PATH_ALERT } from "./prove-path.ts";
import { objectOf } from "./stored-event.ts";

const FAILURES = 3;
const WITHIN_MS = 5 * 60_000;
const SILENT_MS = 3 * 60_000;
const BEHIND_MS = 5 * 60_000;
/** A rate says nothing of fewer events than this. */
const ENOUGH = 100;
const GOOD_RATE = 0.99;

/**
 * Looks after the inbox every minute and tells staff, each with cause and money at stake: three failures within five
 * minutes, our own test event missing for three, events that wait for five, fewer than 99 % of a week's events handled.
 * Each alert goes away by itself when its cause has. Technical time. Idempotent.
 */
export async function watchInbox(ctx: Ctx): Promise<void> {
  const now = ctx.technical.now();
  await ctx.db.transaction(async (tx) => {
    await watchFailures(tx, now);
    await watchPath(tx, now);
    await watchWaiting(tx, now);
    await watchRate(tx, now);
  });
}

const ago = (now: Date, ms: number) => new Date(now.getTime() - ms).toISOString();

async function watchFailures(tx: Tx, now: Date): Promise<void> {
  const since = ago(now, WITHIN_MS);
  const rows = await tx.execute<{ type: string; error: string | null; payload: unknown; failures: string }>(sql`
    select e.type, coalesce(failed.error, e.last_error) as error, e.payload, failures from (
      select event_id, max(error) as error, count(*) as failures from webhook_attempts
        where outcome in ('failed', 'dead') and started_at > ${since} group by event_id
      union all
      select id, null, 1 from webhook_events where received_at > ${since} and status = 'dead' and attempts = 0
    ) failed join webhook_events e on e.id = failed.event_id
    where e.source <> 'self_test' order by e.received_at desc limit 100`);
  const failures = rows.reduce((sum, row) => sum + Number(row.failures), 0);
  const alert = { kind: "webhooks.failing", subject: "inbox" };
  const [latest] = rows;
  if (!latest) return resolveAlert(tx, alert);
  if (failures < FAILURES) return;
  const money = sumAtStake(rows.map((row) => moneyOf(objectOf(payloadBody(row.payload)))));
  const detail = `${failures} attempts at webhooks failed within five minutes, the latest at ${latest.type}: ${latest.error ?? "no reason was recorded"}`;
  await raiseAlert(tx, { ...alert, detail: detail.slice(0, 500), money });
}

/** Nothing is missing before a worker has been up for as long as it may take. */
async function watchPath(tx: Tx, now: Date): Promise<void> {
  const since = ago(now, SILENT_MS);
  const [row] = await tx.execute<{ tried: boolean; arrived: boolean }>(sql`
    select exists (select 1 from processes where kind = 'worker' and started_at < ${since} and seen_at > ${ago(now, 30_000)}) as tried,
      exists (select 1 from webhook_events where source = 'self_test' and received_at > ${since} and status = 'handled') as arrived`);
  if (row?.arrived) return resolveAlert(tx, PATH_ALERT);
  if (!row?.tried) return;
  const detail =
    "Our own test event has not come through for three minutes. Webhooks may not arrive: look at the web process, its public address and the signing secret.";
  await raiseAlert(tx, { ...PATH_ALERT, detail });
}

async function watchWaiting(tx: Tx, now: Date): Promise<void> {
  const [row] = await tx.execute<{ waiting: string }>(sql`
    select count(*) as waiting from webhook_events where status = 'received' and received_at < ${ago(now, BEHIND_MS)}
      and not exists (select 1 from webhook_event_transitions t where t.subject_id = webhook_events.id and t.event = 'replayed')`);
  const waiting = Number(row?.waiting ?? 0);
  const alert = { kind: "webhooks.behind", subject: "inbox" };
  if (waiting === 0) return resolveAlert(tx, alert);
  await raiseAlert(tx, {
    ...alert,
    detail: `${waiting} events have waited for more than five minutes. Is a worker running?`,
  });
}

async function watchRate(tx: Tx, now: Date): Promise<void> {
  const [row] = await tx.execute<{ good: string; bad: string }>(sql`
    select count(*) filter (where status in ('handled', 'ignored')) as good,
      count(*) filter (where status in ('dead', 'discarded')) as bad
    from webhook_events where received_at > ${ago(now, 7 * 86_400_000)} and source <> 'self_test'`);
  const [good, bad] = [Number(row?.good ?? 0), Number(row?.bad ?? 0)];
  const alert = { kind: "webhooks.success_rate", subject: "inbox" };
  if (good + bad < ENOUGH || good / (good + bad) >= GOOD_RATE) return resolveAlert(tx, alert);
  const percent = ((100 * good) / (good + bad)).toFixed(1);
  await raiseAlert(tx, {
    ...alert,
    detail: `Only ${percent} % of the last seven days' events were handled; ${bad} were not.`,
  });
}
