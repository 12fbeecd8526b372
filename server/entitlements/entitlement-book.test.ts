import { expect, test } from "vitest";
import { createEntitlementBook } from "./entitlement-book.ts";

type Database = Parameters<typeof createEntitlementBook>[0];
type Pages = NonNullable<Parameters<typeof createEntitlementBook>[2]>;

function bookOf(answers: { fail: boolean } = { fail: false }) {
  const clock = { now: 0 };
  const pages: Pages = new Map();
  const read: string[][] = [];
  const unsafe = async (_text: string, [organizations]: [string[]]) => {
    read.push(organizations);
    if (answers.fail) throw new Error("no database");
    return organizations.map((_, index) => ({
      no: index + 1,
      held: { role: null, plan: null, entitlements: {}, nextChangeAt: null },
    }));
  };
  const book = createEntitlementBook({ unsafe } as unknown as Database, () => clock.now, pages);
  return { clock, pages, read, look: (organization: string) => book.look(organization, null, new Date(0)) };
}

test("keeps what was read for a quarter of a second, and nothing beyond", async () => {
  const { clock, pages, read, look } = bookOf();
  await look("org_1");
  clock.now = 100;
  await look("org_2");
  clock.now = 250;
  await look("org_1");
  expect(read).toEqual([["org_1"], ["org_2"]]);
  clock.now = 300;
  await look("org_3");
  expect([...pages.keys()].map((key) => key.trim())).toEqual(["org_2", "org_3"]);
  clock.now = 1_000;
  await look("org_1");
  expect([...pages.keys()].map((key) => key.trim())).toEqual(["org_1"]);
});

test("keeps at most twenty thousand", async () => {
  const { pages, look } = bookOf();
  await Promise.all(Array.from({ length: 20_010 }, (_, n) => look(`org_${n}`)));
  expect(pages.size).toBe(20_000);
  expect(pages.has("org_9 ")).toBe(false);
  expect(pages.has("org_10 ")).toBe(true);
});

test("does not keep a failure", async () => {
  const answers = { fail: true };
  const { pages, look } = bookOf(answers);
  await expect(look("org_1")).rejects.toThrow("no database");
  expect(pages.size).toBe(0);
  answers.fail = false;
  expect(await look("org_1")).toMatchObject({ role: null });
});
