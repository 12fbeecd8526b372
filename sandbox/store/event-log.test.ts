import { afterEach, expect, it } from "vitest";
import { Collection } from "./collection.ts";
import { Database } from "./database.ts";
import { EventLog } from "./event-log.ts";

type Thing = { id: string; object: "thing"; created: number; turn: number };
type Told = { id: string; created: number; type: string; data: { object: Thing } };

const database = new Database(":memory:");
const things = new Collection<Thing>(database, "thing");
const log = new EventLog<Told>(database, [things as never]);
let made = 0;

/** Tells of a thing that changes with every telling, at those times. */
function tell(times: readonly number[]): void {
  for (const created of times) {
    made += 1;
    const thing: Thing = { id: "thing_1", object: "thing", created: 1, turn: made };
    if (made === 1) things.insert(thing);
    else things.replace(thing);
    log.append(
      { id: `evt_${made}`, created, type: `thing.${made % 2 ? "odd" : "even"}`, data: { object: thing } },
      false,
    );
  }
}

/** How many events a look puts together again. */
function reads(look: () => unknown): number {
  let count = 0;
  const asOf = things.asOf.bind(things);
  things.asOf = (id, seq) => {
    count += 1;
    return asOf(id, seq);
  };
  look();
  things.asOf = asOf;
  return count;
}

afterEach(() => {
  made = 0;
  database.clear();
});

const turns = (page: { data: Told[] }) => page.data.map((one) => one.data.object.turn);

it("reads what was told within some times, and nothing of what was told before and since", () => {
  tell(Array.from({ length: 900 }, (_, index) => index + 1));
  const created = { gte: 400, lt: 405 };
  let page: { data: Told[]; hasMore: boolean } | undefined;
  const read = reads(() => {
    page = log.page({ created, matches: () => true, limit: 100 });
  });
  expect(page && turns(page)).toEqual([404, 403, 402, 401, 400]);
  expect(page?.hasMore).toBe(false);
  expect(read).toBe(5);
  expect(reads(() => log.page({ created: { gt: 399, lte: 404 }, limit: 3 }))).toBe(4);
  expect(log.page({ created: { gt: 1_000 }, limit: 3 })).toEqual({ data: [], hasMore: false });
});

it("finds them where a test clock told of later times in between, by type, and page by page in both directions", () => {
  tell([10, 20, 99, 21, 5, 22, 30, 98, 31]);
  const created = { gte: 20, lte: 30 };
  expect(turns(log.page({ created, limit: 10 }))).toEqual([7, 6, 4, 2]);
  expect(turns(log.page({ created, where: { type: "thing.even" }, limit: 10 }))).toEqual([6, 4, 2]);
  const first = log.page({ created, limit: 2 });
  expect([turns(first), first.hasMore]).toEqual([[7, 6], true]);
  const rest = log.page({ created, limit: 2, startingAfter: "evt_6" });
  expect([turns(rest), rest.hasMore]).toEqual([[4, 2], false]);
  expect(turns(log.page({ created, limit: 2, endingBefore: "evt_4" }))).toEqual([7, 6]);
});
