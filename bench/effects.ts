import { setTimeout as pause } from "node:timers/promises";
import type postgres from "postgres";
import { makeEvents } from "./events.ts";
import { closedLoop, constantRate } from "./http-load.ts";
import { emptyInbox } from "./intake.ts";

/** Prices of campaigns, each with a product of its own, so that events are about different things as they are in a shop. */
const PRICES = 100;
const followed = {
  type: "price.updated",
  object: "price",
  objectId: (index: number) => `price_bench_${index % PRICES}`,
};

/** Puts campaigns into the shop whose prices the events are about. */
export async function prepareEffects(admin: postgres.Sql): Promise<void> {
  await admin.unsafe(`
    insert into products (id, kind, name, summary, description, includes, art, category, tax_rate_bps, position, created_at)
      select 'bench-' || n, 'credit_pack', name, summary, description, includes, art, category, tax_rate_bps, 1000 + n, created_at
      from products, generate_series(0, ${PRICES - 1}) n where id = 'towel';
    insert into variants (id, product_id, sku, options) select 'bench-one-' || n, 'bench-' || n, 'BENCH-' || n, '{}' from generate_series(0, ${PRICES - 1}) n;
    insert into prices (id, product_id, currency, amount, created_at) select 'prc_bench_' || n, 'bench-' || n, 'SEK', 19900, now() from generate_series(0, ${PRICES - 1}) n;
    insert into campaigns (id, name, status, source, created_at, updated_at) select 'bench-' || n, 'Bench', 'active', 'partner', now(), now() from generate_series(0, ${PRICES - 1}) n;
    insert into campaign_products (campaign_id, product_id) select 'bench-' || n, 'bench-' || n from generate_series(0, ${PRICES - 1}) n;
    insert into campaign_prices (id, campaign_id, stripe_price_id, state, announced_at, created_at)
      select 'cpr_bench_' || n, 'bench-' || n, 'price_bench_' || n, 'pending', now(), now() from generate_series(0, ${PRICES - 1}) n;`);
}

/**
 * Milliseconds from sending an event to the commit of its effect (a campaign's price as the provider holds it now,
 * written together with the event's mark), for events at a constant rate. The provider answers at once and its time is
 * inside. Web, worker and the sender's clock are one machine's.
 */
export async function measureEffects(
  admin: postgres.Sql,
  port: number,
  options: { perSecond: number; seconds: number },
): Promise<number[]> {
  await emptyInbox(admin);
  const events = makeEvents(Math.ceil(options.perSecond * options.seconds), followed);
  const sentAt: number[] = [];
  await constantRate({
    port,
    perSecond: options.perSecond,
    requests: events.map((event) => event.request),
    sent: (index) => {
      sentAt[index] = performance.timeOrigin + performance.now();
    },
  });
  await untilHandled(admin, 60_000);
  const rows = await admin<{ external_id: string; at: string }[]>`
    select external_id, extract(epoch from pg_xact_commit_timestamp(xmin)) * 1000 as at from webhook_events where status = 'handled'`;
  const committed = new Map(rows.map((row) => [row.external_id, Number(row.at)]));
  return events.map((event, index) => {
    const at = committed.get(event.id);
    if (at === undefined) throw new Error(`the event ${event.id} has no effect`);
    return at - (sentAt[index] ?? Number.NaN);
  });
}

/** Events that wait to be worked off while the throughput is measured: always more to do, never a flood of intake. */
const BACKLOG = 200;

/** Events a second that web and worker together bring to their effect while there is always more to do. */
export async function measureThroughput(admin: postgres.Sql, port: number, seconds: number): Promise<number> {
  await emptyInbox(admin);
  const counted = async () => {
    const [row] = await admin<{ handled: number; open: number }[]>`
      select count(*) filter (where status = 'handled')::int as handled,
        count(*) filter (where status in ('received', 'retrying'))::int as open from webhook_events`;
    return { handled: row?.handled ?? 0, open: row?.open ?? 0, at: performance.now() };
  };
  const until = performance.now() + seconds * 1000;
  const began = await counted();
  let end = began;
  while (end.at < until) {
    if (end.open < BACKLOG) {
      const events = makeEvents(BACKLOG, followed);
      await closedLoop({ port, connections: 16, seconds: 60, next: () => events.pop()?.request ?? null });
    } else await pause(20);
    end = await counted();
  }
  await letGo(admin);
  return end.handled / ((end.at - began.at) / 1000);
}

/** Takes back what still waits and lets what runs come to its end. */
async function letGo(admin: postgres.Sql): Promise<void> {
  for (;;) {
    await admin`delete from graphile_worker._private_jobs where locked_at is null`;
    const [row] = await admin<{ n: number }[]>`select count(*)::int as n from graphile_worker._private_jobs`;
    if (row?.n === 0) return;
    await pause(50);
  }
}

async function untilHandled(admin: postgres.Sql, ms: number): Promise<void> {
  const until = performance.now() + ms;
  for (;;) {
    const [row] = await admin<
      { open: number }[]
    >`select count(*)::int as open from webhook_events where status in ('received', 'retrying')`;
    if (row?.open === 0) return;
    if (performance.now() > until) throw new Error(`${row?.open} events did not come to their effect`);
    await pause(20);
  }
}
