import { sql } from "drizzle-orm";
import { afterAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { testDatabase } from "../../scripts/test/database.ts";
import { campaignMachine } from "../pricing/campaign-status.ts";
import { connect, databaseFor, type Tx } from "./db.ts";
import type { Reactions } from "./event.ts";
import { defineJob } from "./job.ts";
import { converge, transition } from "./machine.ts";

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

describe("converge", () => {
  test("takes every step on the way, and none when it is there", async () => {
    await db.transaction((tx) => campaign(tx, "far"));
    await service.sql`update campaigns set status = 'deleted' where id = 'far'`;
    const steps = await db.transaction((tx) => converge(tx, campaignMachine, { id: "far", to: "active" }));
    expect(steps).toEqual(["recreated", "activated"]);
    expect(await db.transaction((tx) => converge(tx, campaignMachine, { id: "far", to: "active" }))).toEqual([]);
    expect(await jobs("far")).toHaveLength(1);
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
