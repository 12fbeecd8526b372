import { sql } from "drizzle-orm";
import pino from "pino";
import { afterAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { testDatabase } from "../../scripts/test/database.ts";
import type { Actor } from "../kernel/actor.ts";
import { technicalClock } from "../kernel/clock.ts";
import type { Ctx } from "../kernel/ctx.ts";
import { type Connection, connect, databaseFor } from "../kernel/db.ts";
import { DomainError, ProviderError } from "../kernel/errors.ts";
import { discardEvent } from "./discard-event.ts";
import type { EventHandlers } from "./event-handler.ts";
import { inboxStats } from "./inbox-stats.ts";
import { processEvent } from "./process-event.ts";
import { getEvent, listAlerts, listEvents } from "./queries.ts";
import { rehearseEvent } from "./rehearse-event.ts";
import { replayEvent } from "./replay-event.ts";
import { resolveAlert } from "./resolve-alert.ts";

const { urls } = await testDatabase();
const service = connect(urls.service, { name: "test" });
const member = connect(urls.member, { name: "test-member" });
afterAll(() => Promise.all([service.close(), member.close()]));

const now = () => new Date("2026-11-20T12:00:00Z");
const log = pino({ level: "silent" });
function context(actor: Actor, connection: Connection): Ctx<object> {
  return {
    db: databaseFor(connection, { actor, now, reactions: {} }),
    actor,
    now,
    technical: technicalClock,
    providers: {},
    log,
    requestId: "test",
  };
}
const system = context({ kind: "system", name: "test" }, service);
const owner = context({ kind: "staff", userId: "usr_owner", role: "owner", customerId: null, tokens: [] }, member);

let count = 0;
async function received(type: string, object: Record<string, unknown> = {}): Promise<string> {
  const id = `stripe:evt_${++count}`;
  const payload = {
    id: `evt_${count}`,
    type,
    data: { object: { id: `obj_${count}`, email: "anna@example.se", ...object } },
  };
  await service.sql`insert into webhook_events (id, provider, external_id, type, object_id, payload, occurred_at)
    values (${id}, 'stripe', ${`evt_${count}`}, ${type}, ${`obj_${count}`}, ${JSON.stringify(payload)}::text::jsonb, now())`;
  return id;
}
const row = async (id: string) => (await service.sql`select * from webhook_events where id = ${id}`)[0];
const attempts = (id: string) =>
  service.sql`select outcome, error from webhook_attempts where event_id = ${id} order by id`;
const products = async (id: string) =>
  (await service.sql`select 1 from idempotency_keys where scope = 'effect' and key = ${id}`).length;
const jobsOf = async (id: string) =>
  (await service.sql`select 1 from graphile_worker._private_jobs where payload->>'eventId' = ${id}`).length;

/** A convergent use case in small: its effect exists once per event, and the mark is in its transaction. */
const handlers: EventHandlers<object> = {
  "effect.once": {
    useCase: "convergeEffect",
    summary: "Writes one row.",
    run: (ctx, event, also) =>
      ctx.db.transaction(async (tx) => {
        await tx.execute(
          sql`insert into idempotency_keys (scope, key, request_hash, created_at) values ('effect', ${event.id}, '', now()) on conflict do nothing`,
        );
        await tx.execute(
          sql`select app.enqueue(${JSON.stringify([{ identifier: "test.follow", payload: {} }])}::json)`,
        );
        await also(tx, "The row was written.");
      }),
    look: async (_ctx, event) => ({ status: "active", id: event.objectId }),
  },
  "nothing.to-do": { useCase: "converge", summary: "Looks.", run: async () => {} },
  "fails.refused": {
    useCase: "refuse",
    summary: "",
    run: () => Promise.reject(new DomainError("checkout.amount_differs", "invalid", "The amount differs.")),
  },
  "fails.shape": {
    useCase: "parse",
    summary: "",
    run: async (_ctx, event) => void z.object({ amount: z.number() }).parse(event.object),
  },
  "fails.unavailable": {
    useCase: "ask",
    summary: "",
    run: () => Promise.reject(new ProviderError("stripe", "unavailable", "Stripe does not answer; anna@example.se")),
  },
  "fails.race": {
    useCase: "race",
    summary: "",
    run: () => Promise.reject(new DomainError("order.conflict", "conflict", "Look again.")),
  },
  "fails.after-effect": {
    useCase: "break",
    summary: "",
    run: (ctx, event, also) =>
      ctx.db.transaction(async (tx) => {
        await tx.execute(
          sql`insert into idempotency_keys (scope, key, request_hash, created_at) values ('effect', ${event.id}, '', now())`,
        );
        await also(tx, "Never true.");
        throw new Error("after the mark");
      }),
  },
};
const process = (eventId: string, lastAttempt = false) => processEvent(system, { eventId, lastAttempt }, handlers);

describe("processEvent", () => {
  test("writes the effect and the mark together, and running again changes nothing", async () => {
    const id = await received("effect.once");
    expect(await process(id)).toMatchObject({ outcome: "handled", type: "effect.once" });
    expect(await row(id)).toMatchObject({
      status: "handled",
      attempts: 1,
      effect: "The row was written.",
      last_error: null,
    });
    expect(await process(id)).toMatchObject({ outcome: "already" });
    expect(await products(id)).toBe(1);
    expect(await attempts(id)).toEqual([{ outcome: "handled", error: null }]);
  });

  test("five at once: one effect, one mark", async () => {
    const id = await received("effect.once");
    const outcomes = (await Promise.all(Array.from({ length: 5 }, () => process(id)))).map((result) => result.outcome);
    expect(outcomes.toSorted()).toEqual(["already", "already", "already", "already", "handled"]);
    expect(await attempts(id)).toHaveLength(1);
  });

  test("marks an event for which nothing had to be done", async () => {
    const id = await received("nothing.to-do");
    expect(await process(id)).toMatchObject({ outcome: "handled" });
    expect(await row(id)).toMatchObject({ status: "handled", effect: "Nothing had to be done." });
  });

  test("ignores a type that nothing follows, visibly", async () => {
    const id = await received("galaxy.collapsed");
    expect(await process(id)).toMatchObject({ outcome: "ignored" });
    expect(await attempts(id)).toEqual([{ outcome: "ignored", error: null }]);
  });

  test.each(["fails.refused", "fails.shape"])("%s is dead at once, with the reason and one alert", async (type) => {
    const id = await received(type);
    expect(await process(id)).toMatchObject({ outcome: "dead" });
    expect(await row(id)).toMatchObject({ status: "dead", attempts: 1 });
    expect((await row(id))?.last_error).toMatch(/amount/);
    expect(await service.sql`select kind from alerts where subject = ${id}`).toEqual([{ kind: "webhooks.stopped" }]);
    expect(await process(id)).toMatchObject({ outcome: "already" });
  });

  test.each(["fails.unavailable", "fails.race"])(
    "%s is thrown for the queue to try again, until the last attempt",
    async (type) => {
      const id = await received(type);
      await expect(process(id)).rejects.toThrow();
      expect(await row(id)).toMatchObject({ status: "retrying", attempts: 1, handled_at: null });
      await expect(process(id)).rejects.toThrow();
      expect(await process(id, true)).toMatchObject({ outcome: "dead" });
      expect((await attempts(id)).map((attempt) => attempt.outcome)).toEqual(["failed", "failed", "dead"]);
      expect(JSON.stringify(await row(id))).toContain("anna@example.se"); // in the stored body, and nowhere else:
      expect((await row(id))?.last_error).not.toContain("anna");
    },
  );

  test("a failure after the mark takes the effect and the mark back", async () => {
    const id = await received("fails.after-effect");
    await expect(process(id)).rejects.toThrow("after the mark");
    expect(await products(id)).toBe(0);
    expect(await row(id)).toMatchObject({ status: "retrying", effect: null });
  });

  test("an event that is kept as text is processed from its text", async () => {
    const id = await received("fails.shape");
    const raw = JSON.stringify({ data: { object: { id: "obj", amount: 1, note: "a\0b" } } });
    await service.sql`update webhook_events set payload = ${JSON.stringify({ raw })}::text::jsonb where id = ${id}`;
    expect(await process(id)).toMatchObject({ outcome: "handled" });
  });
});

describe("staff", () => {
  test("replay once more, which changes nothing twice, resolves the alert and is recorded", async () => {
    const id = await received("fails.refused");
    await process(id);
    await replayEvent(owner, { id, reason: "The amount was put right." });
    expect(await row(id)).toMatchObject({ status: "received" });
    expect(await jobsOf(id)).toBe(1);
    expect(await service.sql`select action, actor, reason from audit_entries where subject = ${id}`).toEqual([
      { action: "webhooks.replay", actor: "staff:usr_owner", reason: "The amount was put right." },
    ]);
    expect(await service.sql`select 1 from alerts where subject = ${id} and resolved_at is null`).toHaveLength(0);
    await expect(replayEvent(owner, { id, reason: "again" })).rejects.toMatchObject({
      code: "webhook_event.illegal_transition",
    });

    const done = await received("effect.once");
    await process(done);
    await replayEvent(owner, { id: done, reason: "To be sure." });
    await process(done);
    expect(await products(done)).toBe(1);
    expect(await row(done)).toMatchObject({ status: "handled", attempts: 2 });
  });

  test("discard a dead event, and nothing else, with a reason", async () => {
    const id = await received("fails.refused");
    await expect(discardEvent(owner, { id, reason: "too early" })).rejects.toMatchObject({
      code: "webhook_event.illegal_transition",
    });
    await process(id);
    await discardEvent(owner, { id, reason: "A test of the partner." });
    expect(await row(id)).toMatchObject({ status: "discarded" });
  });

  test("see what a replay would do, while nothing of it happens", async () => {
    const id = await received("effect.once");
    const before = (await service.sql`select count(*)::int as n from graphile_worker._private_jobs`)[0]?.n as number;
    expect(await rehearseEvent(system, { eventId: id }, handlers)).toEqual({
      useCase: "convergeEffect",
      summary: "Writes one row.",
      current: { status: "active", id: (await row(id))?.object_id },
      outcome: "handled",
      effect: "The row was written.",
      changes: [],
      follows: ["test.follow"],
    });
    expect(await products(id)).toBe(0);
    expect(await row(id)).toMatchObject({ status: "received", attempts: 0 });
    expect((await service.sql`select count(*)::int as n from graphile_worker._private_jobs`)[0]?.n).toBe(before);
    expect(await rehearseEvent(system, { eventId: await received("fails.refused") }, handlers)).toMatchObject({
      outcome: "fails",
      effect: expect.stringMatching(/amount/) as string,
    });
    expect(await rehearseEvent(system, { eventId: await received("galaxy.collapsed") }, handlers)).toMatchObject({
      outcome: "ignored",
      useCase: null,
    });
  });

  test("find events by state, type, id and object, page by page, masked", async () => {
    const id = await received("paged.type");
    await received("paged.type");
    await received("paged.type");
    const list = (input: object) => owner.db.transaction((tx) => listEvents(tx, { limit: 2, own: false, ...input }));
    const first = await list({ type: "paged.type" });
    const second = await list({ type: "paged.type", cursor: first.nextCursor ?? undefined });
    expect([...first.items, ...second.items].map((item) => item.type)).toEqual([
      "paged.type",
      "paged.type",
      "paged.type",
    ]);
    expect(new Set([...first.items, ...second.items].map((item) => item.id)).size).toBe(3);
    expect(second.nextCursor).toBeNull();
    expect((await list({ q: id.replace("stripe:evt", "obj") })).items.map((item) => item.id)).toEqual([id]);
    expect((await list({ q: id.slice("stripe:".length), status: "received" })).items.map((item) => item.id)).toContain(
      id,
    );
    await expect(list({ cursor: "nonsense" })).rejects.toMatchObject({ code: "page.bad_cursor" });
    const event = await owner.db.transaction((tx) => getEvent(tx, id));
    expect(event).toMatchObject({ id, canReplay: false, canDiscard: false, tries: [] });
    expect(event.payload).not.toContain("anna@example.se");
    expect(event.headers).toBeNull();
    await service.sql`update webhook_events set headers = ${"user-agent: Stripe/1.0\nsignature-form: stripe v1"} where id = ${id}`;
    expect((await owner.db.transaction((tx) => getEvent(tx, id))).headers).toEqual([
      { name: "user-agent", value: "Stripe/1.0" },
      { name: "signature-form", value: "stripe v1" },
    ]);
    await expect(owner.db.transaction((tx) => getEvent(tx, "stripe:none"))).rejects.toMatchObject({
      code: "webhooks.not_found",
    });
  });

  test("see how the inbox does, and resolve an alert once", async () => {
    const stats = await owner.db.transaction(inboxStats);
    expect(stats.received).toBe(count);
    expect(stats.successRate).toBeGreaterThan(0);
    expect(stats.lagP99).toBeGreaterThanOrEqual(0);
    expect(stats).toMatchObject({ found: 0, lossRate: 0 });
    // Two days ago one of four never came by itself; one took ten seconds.
    await service.sql`insert into webhook_events (id, provider, external_id, type, payload, source, status, occurred_at, received_at, handled_at)
      select 'stripe:evt_day_' || n, 'stripe', 'evt_day_' || n, 'price.updated', '{}', case n when 1 then 'reconciled' else 'delivered' end,
        case n when 4 then 'dead' else 'handled' end, now(), now() - interval '2 days', case n when 4 then null when 2 then now() - interval '2 days' + interval '10 s' else now() - interval '2 days' end
      from generate_series(1, 4) n`;
    const told = await owner.db.transaction(inboxStats);
    expect(told.received).toBe(count + 4);
    expect(told.lossRate).toBeCloseTo(1 / (count + 4));
    expect(told.byDay).toHaveLength(7);
    expect(told.byDay[4]).toMatchObject({
      received: 4,
      found: 1,
      stopped: 1,
      lagP50: 0,
      lagP99: expect.any(Number) as number,
    });
    expect(told.byDay[4]!.lagP99).toBeGreaterThan(9_000);
    expect(told.byDay[6]).toMatchObject({ received: count, found: 0 });
    expect(told.byDay[0]).toMatchObject({ received: 0, found: 0, lagP50: null, lagP99: null });
    expect(told.byDay.map(({ day }) => day)).toEqual(told.byDay.map(({ day }) => day).toSorted());
    const about = (q: string) =>
      owner.db.transaction(async (tx) => {
        const found = await listAlerts(tx, { q, limit: 50, counted: true });
        expect(found.total?.count).toBe(found.items.length);
        return found.items.map(({ id }) => id);
      });
    await service.sql`insert into alerts (id, kind, subject, detail, raised_at)
      values ('alr_parts', 'billing.late_change', 'sub_1 chg_2 inv_3', 'Late.', now())`;
    for (const q of ["sub_1", "chg_2", "INV_3", "late_ch", "billing.late_change"])
      expect(await about(q)).toEqual(["alr_parts"]);
    for (const q of ["sub_1%", "chg_4", "sub_1 inv"]) expect(await about(q)).toEqual([]);
    const { items } = await owner.db.transaction((tx) => listAlerts(tx, { state: "open", limit: 50 }));
    const [alert] = items;
    await resolveAlert(owner, { id: alert!.id, reason: "Looked into." });
    await expect(resolveAlert(owner, { id: alert!.id, reason: "Again." })).rejects.toMatchObject({
      code: "webhooks.alert_not_found",
    });
  });

  test("nobody else sees or changes the inbox", async () => {
    const customer = context({ kind: "customer", userId: "usr_1", customerId: "cus_1", tokens: [] }, member);
    expect((await customer.db.transaction((tx) => listEvents(tx, { limit: 50, own: false }))).items).toEqual([]);
    await expect(replayEvent(customer, { id: "stripe:evt_1", reason: "mine" })).rejects.toMatchObject({
      code: "webhook_event.not_found",
    });
  });
});
