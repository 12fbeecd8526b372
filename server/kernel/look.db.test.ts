import { setTimeout as pause } from "node:timers/promises";
import pino from "pino";
import { afterAll, beforeEach, expect, it } from "vitest";
import { testDatabase } from "../../scripts/test/database.ts";
import type { Ctx } from "./ctx.ts";
import { connect, databaseFor } from "./db.ts";
import { applyLook, takePlace } from "./look.ts";

const { urls } = await testDatabase();
const service = connect(urls.service, { name: "test-look", max: 20 });
afterAll(() => service.close());
const actor = { kind: "system", name: "test" } as const;
const now = () => new Date();
const ctx: Ctx = {
  db: databaseFor(service, { actor, now, reactions: {} }),
  actor,
  now,
  technical: { now },
  providers: {},
  log: pino({ level: "silent" }),
  requestId: "test",
};

let held = 0;
let written: number[] = [];
let looks = 0;
beforeEach(async () => {
  held = 0;
  written = [];
  looks = 0;
  await service.sql`delete from provider_looks`;
});

/** Looks at the provider's value, which takes `ms`, and writes what was seen. */
const converge = (ms: number, subject = "thing:1") =>
  applyLook<number, "applied" | "superseded">(ctx, {
    async look() {
      looks++;
      const seen = held;
      await pause(ms);
      return seen;
    },
    subjects: () => [subject],
    async apply(_tx, seen) {
      written.push(seen);
      return "applied";
    },
    superseded: async () => "superseded",
  });

it("a look is applied", async () => {
  held = 7;
  expect(await converge(0)).toBe("applied");
  expect(written).toEqual([7]);
});

it("a slow look that began before a change never overwrites the fast one that saw it", async () => {
  held = 1;
  const slow = converge(300);
  await pause(100);
  held = 2;
  const fast = converge(0);
  await Promise.all([slow, fast]);
  expect(written.at(-1)).toBe(2);
});

it("answers that come back in the wrong order leave the newest written", async () => {
  const answers: (() => void)[] = [];
  const results: Promise<unknown>[] = [];
  for (let change = 1; change <= 10; change++) {
    held = change;
    let first = true;
    const look = async () => {
      const seen = held;
      if (first) await new Promise<void>((resolve) => answers.push(resolve));
      first = false;
      return seen;
    };
    const apply = async (_tx: unknown, seen: number) => void written.push(seen);
    results.push(applyLook(ctx, { look, subjects: () => ["thing:1"], apply, superseded: async () => {} }));
    while (answers.length < change) await pause(2);
  }
  for (const [i, answer] of answers.toReversed().entries()) {
    answer();
    await results.at(-1 - i);
  }
  expect(written.at(-1)).toBe(10);
});

it("of many that start together only a few ask, and all are answered", async () => {
  held = 5;
  const results = await Promise.all(Array.from({ length: 20 }, () => converge(80)));
  expect(written.every((seen) => seen === 5)).toBe(true);
  expect(results.filter((result) => result === "superseded").length).toBeGreaterThan(10);
  expect(looks).toBeLessThan(45);
});

it("looks at different things do not wait for each other's answers to be newer", async () => {
  held = 3;
  const results = await Promise.all([converge(50, "thing:a"), converge(50, "thing:b")]);
  expect(results).toEqual(["applied", "applied"]);
  expect(looks).toBe(2);
});

it("a transaction that fails leaves the place to the next look", async () => {
  held = 9;
  const failing = applyLook(ctx, {
    look: async () => held,
    subjects: () => ["thing:1"],
    apply: async () => Promise.reject(new Error("no")),
    superseded: async () => "superseded",
  });
  await expect(failing).rejects.toThrow("no");
  expect(await converge(0)).toBe("applied");
});

it("of what was looked at since it was told, nobody is asked again; before, or of something else besides, they are", async () => {
  held = 5;
  const told = (asked: number, expected = ["thing:1"]) =>
    applyLook<number, "applied" | "superseded">(ctx, {
      ...{ asked, expected },
      async look() {
        looks++;
        return held;
      },
      subjects: () => expected,
      apply: async () => "applied",
      superseded: async () => "superseded",
    });
  const before = await ctx.db.transaction(takePlace);
  expect(await converge(0)).toBe("applied");
  looks = 0;
  expect(await told(before)).toBe("superseded");
  expect(looks).toBe(0);
  expect(await told(before, ["thing:1", "thing:2"])).toBe("applied");
  expect(await told(await ctx.db.transaction(takePlace))).toBe("applied");
  expect(looks).toBe(2);
});
