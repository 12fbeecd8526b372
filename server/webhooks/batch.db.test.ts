import { afterAll, describe, expect, test } from "vitest";
import { testCheckoutShop } from "../../scripts/test/checkout-shop.ts";
import { testPurchases } from "../../scripts/test/test-purchases.ts";
import type { Session } from "../trpc/context.ts";

const shop = await testCheckoutShop();
const { bought, eventsOf, leftBehind } = testPurchases(shop);
const { sql } = shop;
const session: Session = { ...(await shop.member("owner@kraftverk.test")), staffRole: "owner" };
const staff = shop.browser({ session }).caller.webhooks.batches;
afterAll(() => shop.sandbox.control("faults", { method: "DELETE" }));

let keys = 0;
const key = () => `key-of-the-test-${++keys}`;
const dead = async (id: string) =>
  sql`insert into webhook_events (id, provider, external_id, type, object_id, payload, status, occurred_at, last_error)
    values (${`stripe:${id}`}, 'stripe', ${id}, 'checkout.session.completed', 'cs_none', '{}', 'dead', now(), 'it broke')`;
const deadOnes = async (count: number) => {
  for (let n = 0; n < count; n++) await dead(`evt_gone_${n}`);
  return Array.from({ length: count }, (_, n) => `stripe:evt_gone_${n}`);
};
const statusOf = async (id: string) =>
  (await sql`select status from webhook_events where id = ${`stripe:${id}`}`)[0]?.status;
const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => null,
    (error: { cause?: { code?: string } }) => error.cause?.code ?? String(error),
  );

describe("replaying a range of dead events", () => {
  test("says first what would happen to each and changes nothing; then does it, once", async () => {
    const purchase = await bought("towel");
    for (const event of await eventsOf(purchase)) await shop.receive(event);
    // They died, say of a fault that has been mended since.
    await sql`update webhook_events set status = 'dead', last_error = 'a bug' where status = 'received'`;
    await sql`delete from graphile_worker._private_jobs`;
    const [count] = await sql`select count(*)::int as n from webhook_events where status = 'dead'`;
    const from = new Date(Date.now() - 3_600_000).toISOString();
    const idempotencyKey = key();
    const start = () => staff.start({ act: "replay", selection: { status: "dead", from }, idempotencyKey });
    const [{ id }, again] = await Promise.all([start(), start()]);
    expect(again.id).toBe(id);
    expect(await codeOf(staff.confirm({ id, reason: "too early" }))).toBe("webhooks.batch_not_ready");

    await shop.work();
    const tried = await staff.get({ id });
    expect(tried).toMatchObject({ phase: "ready", total: count?.n, tried: count?.n, done: 0, wouldFail: 0 });
    const { items } = await staff.items({ batchId: id });
    expect(items.find((item) => item.type === "checkout.session.completed")?.wouldEffect).toMatch(/./);
    expect((await leftBehind(purchase)).orders).toEqual([]);
    expect(
      await sql`select distinct status from webhook_events where id in (select event_id from webhook_batch_items)`,
    ).toEqual([{ status: "dead" }]);

    await staff.confirm({ id, reason: "the bug is mended" });
    expect(await codeOf(staff.confirm({ id, reason: "again" }))).toBe("webhooks.batch_started");
    await shop.work();
    expect(await staff.get({ id })).toMatchObject({ phase: "done", done: count?.n, skipped: 0 });
    expect((await leftBehind(purchase)).orders).toMatchObject([{ paid: true }]);
    // Each entry leads to the batch, that of its making too.
    const acts = await sql`select actor, action, reason from audit_entries where subject = ${id} order by at, id`;
    const actor = `staff:${session.userId}`;
    expect(acts).toEqual([
      { actor, action: "webhooks.batches.start", reason: null },
      { actor, action: "webhooks.batches.start", reason: null },
      { actor, action: "webhooks.replay_many", reason: "the bug is mended" },
    ]);
    const replays = await sql`select reason from webhook_event_transitions where event = 'replayed'`;
    expect(replays).toHaveLength(count?.n);
    expect(replays[0]?.reason).toBe(`the bug is mended (${id})`);
  });

  test("goes on in steps, skips what is in no state for it any more, and can be called off", async () => {
    for (let n = 0; n < 95; n++) await dead(`evt_many_${n}`);
    const ids = Array.from({ length: 95 }, (_, n) => `stripe:evt_many_${n}`);
    const { id } = await staff.start({ act: "discard", selection: { ids }, idempotencyKey: key() });
    expect(await staff.get({ id })).toMatchObject({ phase: "ready", total: 95, done: 0 });
    await sql`update webhook_events set status = 'handled' where id = 'stripe:evt_many_7'`;
    await staff.confirm({ id, reason: "test events" });
    await shop.work();
    const done = await staff.get({ id });
    expect(done).toMatchObject({ phase: "done", done: 95, skipped: 1 });
    expect(
      (await staff.items({ batchId: id, limit: 100 })).items
        .filter((item) => item.outcome === "skipped")
        .map((item) => item.id),
    ).toEqual(["stripe:evt_many_7"]);
    expect(await statusOf("evt_many_8")).toBe("discarded");
    expect(await codeOf(staff.stop({ id }))).toBe("webhooks.batch_over");

    const gone = await staff.start({ act: "discard", selection: { ids: await deadOnes(3) }, idempotencyKey: key() });
    await sql`delete from webhook_events where id = 'stripe:evt_gone_1'`;
    await staff.confirm({ id: gone.id, reason: "one is past its time" });
    await shop.work();
    expect(await staff.get({ id: gone.id })).toMatchObject({ phase: "done", done: 2, skipped: 0 });
    expect(await statusOf("evt_gone_2")).toBe("discarded");

    await dead("evt_kept");
    const other = await staff.start({ act: "discard", selection: { ids: ["stripe:evt_kept"] }, idempotencyKey: key() });
    await staff.stop({ id: other.id });
    expect(await codeOf(staff.confirm({ id: other.id, reason: "too late" }))).toBe("webhooks.batch_over");
    await shop.work();
    expect(await statusOf("evt_kept")).toBe("dead");
  });

  test("is refused without events, and to those who may only look", async () => {
    const none = {
      act: "replay" as const,
      selection: { status: "dead" as const, until: "2000-01-01T00:00:00Z" },
      idempotencyKey: key(),
    };
    expect(await codeOf(staff.start(none))).toBe("webhooks.batch_empty");
    const reader = shop.browser({ session: { ...session, staffRole: "read_only" } }).caller.webhooks.batches;
    expect(await codeOf(reader.start(none))).toBe("identity.role_missing");
    expect((await reader.list({})).items.length).toBeGreaterThan(0);
  });
});
