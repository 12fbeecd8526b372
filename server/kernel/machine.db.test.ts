import { sql } from "drizzle-orm";
import { afterAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { campaigns } from "../../drizzle/schema/index.ts";
import { testDatabase } from "../../scripts/test/database.ts";
import { campaignMachine } from "../pricing/campaign-status.ts";
import { alongsideOf } from "./alongside.ts";
import { connect, databaseFor, type Tx } from "./db.ts";
import type { Reactions } from "./event.ts";
import { defineJob, enqueue } from "./job.ts";
import { begin, converge, transition, transitionAll } from "./machine.ts";

const { urls } = await testDatabase();
const service = connect(urls.service, { name: "test" });
afterAll(() => service.close());

const follow = defineJob({ name: "test.follow", payload: z.object({ id: z.string() }) });
const reactions: Reactions = { "campaign.activated": [{ job: follow, payload: (event) => ({ id: event.id }) }] };
const at = new Date("2026-11-20T19:04:00Z");
const db = databaseFor(service, { actor: { kind: "system", name: "test" }, now: () => at, reactions });

async function campaign(tx: Tx, id: string): Promise<void> {
  await tx.execute(
    sql`insert into campaigns (id, name, status, source, created_at, updated_at) values (${id}, 'x', 'draft', 'staff', ${at.toISOString()}, ${at.toISOString()})`,
  );
}
const jobs = (id: string) =>
  service.sql`select payload from graphile_worker._private_jobs where payload->>'id' = ${id}`;

const historyOf = async (id: string) => [
  ...(await service.sql`select event, from_state, to_state from campaign_transitions where subject_id = ${id} order by id`),
];

describe("transition", () => {
  test("moves the row, appends to the history and enqueues what follows, together", async () => {
    await db.transaction(async (tx) => {
      await campaign(tx, "c1");
      await transition(tx, campaignMachine, { id: "c1", event: "activated", reason: "because" });
    });
    const history =
      await service.sql`select event, from_state, to_state, actor, reason from campaign_transitions where subject_id = 'c1'`;
    expect(history).toMatchObject([
      { event: "activated", from_state: "draft", to_state: "active", actor: "system:test", reason: "because" },
    ]);
    expect(await jobs("c1")).toHaveLength(1);
  });

  test("leaves nothing behind when the transaction fails", async () => {
    const failing = db.transaction(async (tx) => {
      await campaign(tx, "c2");
      await transition(tx, campaignMachine, { id: "c2", event: "activated" });
      throw new Error("later trouble");
    });
    await expect(failing).rejects.toThrow("later trouble");
    expect(await jobs("c2")).toHaveLength(0);
    expect(await service.sql`select 1 from campaigns where id = 'c2'`).toHaveLength(0);
  });

  test.each(
    campaignMachine.states.flatMap((state) =>
      Object.entries(campaignMachine.events).map(
        ([event, rule]) => [state, event, (rule.from as readonly string[]).includes(state)] as const,
      ),
    ),
  )("%s + %s is legal: %s", async (state, event, legal) => {
    const id = `pair-${state}-${event}`;
    await db.transaction((tx) => campaign(tx, id));
    await service.sql`update campaigns set status = ${state} where id = ${id}`;
    const moved = db.transaction((tx) => transition(tx, campaignMachine, { id, event: event as "ended" }));
    if (legal) await expect(moved).resolves.toBeUndefined();
    else await expect(moved).rejects.toMatchObject({ code: "campaign.illegal_transition" });
  });

  test("lets one of two racing moves win", async () => {
    await db.transaction((tx) => campaign(tx, "race"));
    const results = await Promise.allSettled(
      [1, 2, 3, 4].map(() =>
        db.transaction((tx) => transition(tx, campaignMachine, { id: "race", event: "activated" })),
      ),
    );
    expect(results.filter((r) => r.status === "fulfilled")).toHaveLength(1);
    expect(await jobs("race")).toHaveLength(1);
  });

  test("says that a thing does not exist", async () => {
    await expect(
      db.transaction((tx) => transition(tx, campaignMachine, { id: "nobody", event: "ended" })),
    ).rejects.toMatchObject({ code: "campaign.not_found", kind: "not_found" });
  });
});

describe("transitionAll", () => {
  test("moves those that may, each with its history and its reactions, and leaves the others", async () => {
    await db.transaction(async (tx) => {
      for (const id of ["all-1", "all-2", "all-3"]) await campaign(tx, id);
      await transition(tx, campaignMachine, { id: "all-2", event: "activated" });
      const ids = ["all-3", "all-2", "all-1", "all-nobody"];
      const moved = await transitionAll(tx, campaignMachine, { ids, event: "activated", cause: "together" });
      expect(moved.toSorted()).toEqual(["all-1", "all-3"]);
    });
    const history =
      await service.sql`select subject_id, from_state, to_state from campaign_transitions where cause = 'together'`;
    expect(history).toHaveLength(2);
    expect(history).toContainEqual({ subject_id: "all-1", from_state: "draft", to_state: "active" });
    for (const id of ["all-1", "all-2", "all-3"]) expect(await jobs(id)).toHaveLength(1);
  });
});

test("of two orders under one key in a transaction the last goes to the queue", async () => {
  await db.transaction(async (tx) => {
    await enqueue(tx, follow, { id: "keyed-1" }, { key: "one" });
    await enqueue(tx, follow, { id: "unkeyed" });
    await enqueue(tx, follow, { id: "keyed-2" }, { key: "one" });
  });
  expect(await jobs("keyed-1")).toHaveLength(0);
  for (const id of ["keyed-2", "unkeyed"]) expect(await jobs(id)).toHaveLength(1);
});

describe("converge", () => {
  test("takes every step on the way, and none when it is there", async () => {
    await db.transaction((tx) => campaign(tx, "far"));
    await service.sql`update campaigns set status = 'deleted' where id = 'far'`;
    const steps = await db.transaction((tx) => converge(tx, campaignMachine, { id: "far", to: "active" }));
    expect(steps).toEqual(["recreated", "activated"]);
    expect(await db.transaction((tx) => converge(tx, campaignMachine, { id: "far", to: "active" }))).toEqual([]);
    expect(await jobs("far")).toHaveLength(1);
    const history = await historyOf("far");
    expect(history).toEqual([
      { event: "recreated", from_state: "deleted", to_state: "draft" },
      { event: "activated", from_state: "draft", to_state: "active" },
    ]);
  });

  test("refuses what has left the state in which somebody held it", async () => {
    await db.transaction((tx) => campaign(tx, "moved-on"));
    const late = db.transaction((tx) =>
      converge(tx, campaignMachine, { id: "moved-on", to: "active", held: "deleted", alongside: { name: "late" } }),
    );
    await expect(late).rejects.toMatchObject({ code: "campaign.conflict" });
    expect(await service.sql`select name, status from campaigns where id = 'moved-on'`).toEqual([
      { name: "x", status: "draft" },
    ]);
    expect(await historyOf("moved-on")).toEqual([]);
  });
});

describe("begin", () => {
  test("of something that is further already: each step in its history, in order, and what follows each", async () => {
    await db.transaction(async (tx) => {
      await campaign(tx, "begun");
      await tx.execute(sql`update campaigns set status = 'active' where id = 'begun'`);
      await begin(tx, campaignMachine, { id: "begun", to: "active" });
    });
    expect(await historyOf("begun")).toEqual([
      { event: "created", from_state: null, to_state: "draft" },
      { event: "activated", from_state: "draft", to_state: "active" },
    ]);
    expect(await jobs("begun")).toHaveLength(1);
  });
});

describe("alongside", () => {
  const row = async (id: string) => [
    ...(await service.sql`select name, status, start_at from campaigns where id = ${id}`),
  ];

  test("is written with a step, with several, and not where none is made", async () => {
    const startAt = new Date("2027-01-02T03:04:05.678Z");
    const alongside = alongsideOf(campaigns, { name: "it's $1", startAt });
    const written = { name: "it's $1", start_at: expect.stringContaining("2027-01-02 03:04:05.678") };
    for (const id of ["beside-1", "beside-2", "beside-3"]) await db.transaction((tx) => campaign(tx, id));
    await db.transaction((tx) => transition(tx, campaignMachine, { id: "beside-1", event: "activated", alongside }));
    expect(await row("beside-1")).toEqual([{ ...written, status: "active" }]);
    await service.sql`update campaigns set status = 'deleted' where id = 'beside-2'`;
    await db.transaction((tx) => converge(tx, campaignMachine, { id: "beside-2", to: "active", alongside }));
    expect(await row("beside-2")).toEqual([{ ...written, status: "active" }]);
    const both = {
      ids: ["beside-3", "beside-1"],
      event: "activated",
      alongside: { name: { sql: "upper(target.name)" } },
    } as const;
    expect(await db.transaction((tx) => transitionAll(tx, campaignMachine, both))).toEqual(["beside-3"]);
    expect(await row("beside-3")).toMatchObject([{ name: "X", status: "active" }]);
    expect(await row("beside-1")).toEqual([{ ...written, status: "active" }]);
  });
});

test("history rows and audit entries cannot be rewritten, by any role", async () => {
  await db.transaction(async (tx) => {
    await campaign(tx, "kept");
    await transition(tx, campaignMachine, { id: "kept", event: "ended" });
  });
  await expect(service.sql`update campaign_transitions set actor = 'x' where subject_id = 'kept'`).rejects.toThrow(
    /append-only/,
  );
  await expect(service.sql`delete from campaign_transitions where subject_id = 'kept'`).rejects.toThrow(/append-only/);
});
