import { afterEach, describe, expect, test } from "vitest";
import { testCheckoutShop, until } from "../scripts/test/checkout-shop.ts";
import { ensureBuild, type ProductProcess, productEnv, startProduct } from "../scripts/test/product.ts";
import { sized } from "../scripts/test/size.ts";
import { testPlanMoves } from "../scripts/test/test-plan-moves.ts";

await ensureBuild();
const shop = await testCheckoutShop();
const { sql, stripe } = shop;
const { office, onSale, subscriber, order, read, outcomes, rowOf, reason } = await testPlanMoves(shop);
const env = productEnv(shop.urls, { ...shop.settings, LOG_LEVEL: "info" });
const running = new Set<ProductProcess>();
async function startWorker(): Promise<ProductProcess> {
  const worker = await startProduct("worker", env);
  running.add(worker);
  return worker;
}
afterEach(async () => {
  await Promise.all([...running].map((worker) => worker.end("SIGKILL")));
  running.clear();
});

const MANY = sized(4, 6);
const BLOCKED = sized(2, 3);
const begunOf = async (id: string) =>
  Number(
    (
      await sql`select count(*)::int as n from plan_migration_steps where migration_id = ${id} and change_id is not null`
    )[0]?.n,
  );
/** Somebody waits for what is locked. */
const isWaiting = async () =>
  (await sql`select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`).length >
  0;

describe("A13: a worker that is killed in the middle of moving many", () => {
  test.each(["now", "period_end"] as const)(
    "%s: each is moved once all the same, at what was shown, and the report says so",
    { timeout: 900_000 },
    async (timing) => {
      const subscribers = [];
      for (let made = 0; made < MANY; made++) subscribers.push(await subscriber());
      const ids = subscribers.map(({ id }) => id).toSorted();
      const versions = await onSale(timing === "now" ? 5_900 : 6_900, true);
      const { id } = await order(versions, timing);
      // Of a move now everything is reckoned first; the other one would begin at once.
      if (timing === "now") await shop.work();
      const shown = new Map((await read(id)).items.map(({ subscriptionId, cost }) => [subscriptionId, cost?.dueNow]));
      if (timing === "now") await office().migrations.begin({ id, shown: (await read(id)).quoted, reason });

      // One of them cannot be taken, so that the worker dies with some done, one begun and others before it.
      const jam = await sql.reserve();
      await jam`begin`;
      await jam`select id from subscriptions where id = ${ids[BLOCKED] ?? ""} for update`;
      const worker = await startWorker();
      await until(async () => (await begunOf(id)) >= BLOCKED && (await isWaiting()));
      await worker.end("SIGKILL");
      expect(await begunOf(id)).toBeLessThan((await read(id)).subscribers);
      await jam`rollback`;
      jam.release();

      await startWorker();
      const settled = timing === "now" ? "applied" : "scheduled";
      await until(async () => {
        const { status, subscribers: all } = await read(id);
        return status === "done" && (await outcomes(id))[settled] === all;
      });
      const changes = await sql`select subscription_id as id, count(*)::int as n from subscription_changes
        where subscription_id = any(${ids}) group by 1 order by 1`;
      expect(changes.map((row) => ({ ...row }))).toEqual(ids.map((one) => ({ id: one, n: 1 })));
      for (const one of subscribers) {
        const { data: bills } = await stripe.invoices.list({ subscription: one.stripe });
        const paid = bills.map(({ amount_paid }) => amount_paid);
        if (timing === "now") expect(paid).toEqual([shown.get(one.id), 4_900]);
        else expect(paid).toHaveLength(1);
        expect((await stripe.subscriptions.retrieve(one.stripe)).schedule === null).toBe(timing === "now");
        expect((await rowOf(one.id))?.version).toBe(timing === "now" ? versions.id : versions.before);
      }
    },
  );
});
