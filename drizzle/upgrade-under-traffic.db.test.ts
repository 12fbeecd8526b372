import { setTimeout as pause } from "node:timers/promises";
import postgres from "postgres";
import { afterAll, describe, expect, it } from "vitest";
import { until } from "../scripts/test/checkout-shop.ts";
import { olderShop } from "../scripts/test/older-shop.ts";

const shop = await olderShop();
const { admin } = shop;
const intake = postgres(shop.urls.service, { max: 1 });
const other = postgres(shop.urls.service, { max: 1 });
afterAll(() => Promise.all([intake.end(), other.end()]));

let events = 0;
/** What the intake does with an event, in one statement. */
const takeIn = () => intake`
  insert into webhook_events (id, provider, external_id, type, payload, status, attempts, occurred_at)
  values (${`stripe:live_${++events}`}, 'stripe', ${`live_${events}`}, 'invoice.paid', '{}', 'ignored', 0, now())`;
const applied = async () => Number((await admin`select app.applied_migrations() as n`)[0]?.n);
const upgrading = async () =>
  (
    await admin`select pid, query, wait_event_type as waits from pg_stat_activity
      where application_name = 'kraftverk-migrate' and state = 'active' and datname = current_database()`
  )[0];
const buildsAlone = async () => /create (unique )?index concurrently/.test(String((await upgrading())?.query));
const invalid = () => admin`
  select indexrelid::regclass::text as name from pg_index where not indisvalid and indrelid = 'webhook_events'::regclass`;

/** Somebody's transaction, open until it is let go. */
async function transaction(begin: (tx: postgres.TransactionSql) => Promise<unknown>) {
  const opened = Promise.withResolvers<void>();
  const letGo = Promise.withResolvers<void>();
  const over = other.begin("isolation level repeatable read", async (tx) => {
    await begin(tx);
    opened.resolve();
    await letGo.promise;
  });
  await opened.promise;
  return async () => {
    letGo.resolve();
    await over;
  };
}

describe("R38 while a shop is brought to another version", () => {
  it("whoever waits for a lock of the upgrade gets through before the upgrade does", async () => {
    // A transaction that has written an event: the upgrade cannot add a column to that table before it ends.
    const end = await transaction((tx) => tx`update webhook_events set last_error = last_error`);
    const upgrade = shop.upgrade(4);
    await until(async () => (await upgrading())?.waits === "Lock");
    for (let n = 0; n < 5; n++) await takeIn();
    expect(await applied()).toBe(4);
    await end();
    // The indexes of that migration wait for nobody now, so it ends.
    await upgrade;
    expect(await applied()).toBe(5);
  });
});

describe("R38 an index that is built beside a shop that sells", () => {
  const index = "webhook_events_in_order";
  const fifth = async () => {
    await admin.unsafe(`drop index if exists ${index}`);
    await admin`delete from drizzle.__drizzle_migrations where id = (select max(id) from drizzle.__drizzle_migrations)`;
    await admin`update drizzle.alone_steps set done_at = null where name = ${index}`;
  };

  it("keeps no event out, and counts as missing until it is there", async () => {
    await fifth();
    // A look at the database that began before: the index has to wait for its end.
    const end = await transaction((tx) => tx`select count(*) from orders`);
    const upgrade = shop.upgrade(4);
    await until(buildsAlone);
    for (let n = 0; n < 5; n++) await takeIn();
    expect(await applied()).toBe(4);
    await end();
    await upgrade;
    expect(await applied()).toBe(5);
    expect(await invalid()).toEqual([]);
  });

  it("is found half built after the upgrade was cut off, and built anew by the next", async () => {
    await fifth();
    const end = await transaction((tx) => tx`select count(*) from orders`);
    const cut = shop.upgrade(4).then(
      () => "finished",
      () => "cut off",
    );
    await until(buildsAlone);
    // Until the index is in the catalogue and waits for the other transaction.
    await until(async () => (await invalid()).length === 1);
    await admin`select pg_terminate_backend(${(await upgrading())?.pid ?? 0})`;
    expect(await cut).toBe("cut off");
    await end();
    expect((await invalid()).map(({ name }) => name)).toEqual([index]);
    expect(await applied()).toBe(4);
    await takeIn();
    await shop.upgrade(4);
    expect(await invalid()).toEqual([]);
    expect(await applied()).toBe(5);
  });

  it("waits its turn without holding up the one whose turn it is", async () => {
    await fifth();
    const end = await transaction((tx) => tx`select count(*) from orders`);
    const first = shop.upgrade(4);
    await until(buildsAlone);
    const second = shop.upgrade(4);
    await pause(300);
    await end();
    await Promise.all([first, second]);
    expect(await applied()).toBe(5);
  });
});
