import { setImmediate as turn } from "node:timers/promises";
import { afterEach, expect, test, vi } from "vitest";
import { doTogether } from "./do-together.ts";

/** A place where things are done together: whose scopes were in which group, and what failed. */
function place(held: Promise<void> = Promise.resolve()) {
  const groups: string[][] = [];
  const alone: string[] = [];
  const share = doTogether<string, string>(async (scopes, work) => {
    groups.push([...scopes]);
    await held;
    await work(scopes.map((scope) => `tx of ${scope}`));
  });
  const ask = (scope: string, about: readonly string[], fails = false) =>
    share(
      { of: "kind", about },
      scope,
      async (tx) => {
        await turn();
        if (fails) throw new Error(`${scope} fails`);
        return tx;
      },
      async () => {
        alone.push(scope);
        if (fails) throw new Error(`${scope} fails alone`);
        return `${scope} alone`;
      },
    );
  return { groups, alone, ask };
}

afterEach(() => void vi.useRealTimers());

test("what comes in one moment is done together, and each has its own answer; one that is alone stays so", async () => {
  const { groups, alone, ask } = place();
  expect(await Promise.all([ask("a", ["1"]), ask("b", ["2"])])).toEqual(["tx of a", "tx of b"]);
  expect(await ask("c", ["1"])).toBe("c alone");
  expect({ groups, alone }).toEqual({ groups: [["a", "b"]], alone: ["c"] });
});

test("two about the same thing are never done together, nor while the other is under way", async () => {
  const { groups, alone, ask } = place();
  expect(await Promise.all([ask("a", ["1", "2"]), ask("b", ["2"]), ask("c", ["3"])])).toEqual([
    "tx of a",
    "b alone",
    "tx of c",
  ]);
  expect({ groups, alone }).toEqual({ groups: [["a", "c"]], alone: ["b"] });
});

test("what fails fails nobody else: each is done again alone", async () => {
  const { groups, alone, ask } = place();
  const ends = await Promise.allSettled([ask("a", ["1"]), ask("b", ["2"], true), ask("c", ["3"])]);
  expect(ends.map((end) => (end.status === "fulfilled" ? end.value : String(end.reason)))).toEqual([
    "a alone",
    "Error: b fails alone",
    "c alone",
  ]);
  expect({ groups, alone }).toEqual({ groups: [["a", "b", "c"]], alone: ["a", "b", "c"] });
  // And it is over for good: the same can be asked for again.
  expect(await Promise.all([ask("b", ["2"]), ask("a", ["1"])])).toEqual(["tx of b", "tx of a"]);
});

test("whoever comes meanwhile gathers; a group that takes long holds nobody up", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  const { promise, resolve } = Promise.withResolvers<void>();
  const { groups, ask } = place(promise);
  const first = Promise.all([ask("a", ["1"]), ask("b", ["2"])]);
  await turn();
  const second = Promise.all([ask("c", ["3"]), ask("d", ["4"]), ask("e", ["1"])]);
  await turn();
  await turn();
  expect(groups).toEqual([["a", "b"]]);
  vi.advanceTimersByTime(500);
  expect(groups).toEqual([
    ["a", "b"],
    ["c", "d"],
  ]);
  resolve();
  expect(await first).toEqual(["tx of a", "tx of b"]);
  expect(await second).toEqual(["tx of c", "tx of d", "e alone"]);
});

test("whoever is about the same as a group that took long comes after it", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  const { promise, resolve } = Promise.withResolvers<void>();
  const { ask } = place(promise);
  const first = Promise.all([ask("a", ["1"]), ask("b", ["2"])]);
  await turn();
  const after = ask("c", ["1"]);
  await turn();
  vi.advanceTimersByTime(500);
  resolve();
  expect(await first).toEqual(["tx of a", "tx of b"]);
  expect(await after).toBe("c alone");
});

test("a whole group goes beside the one that is under way; what would be less waits", async () => {
  const landed = Promise.withResolvers<void>();
  const { groups, ask } = place(landed.promise);
  const all = Promise.all(Array.from({ length: 40 }, (_, at) => ask(`s${at}`, [`${at}`])));
  await turn();
  await turn();
  expect(groups.map((group) => group.length)).toEqual([16, 16]);
  landed.resolve();
  expect(await all).toHaveLength(40);
  expect(groups.map((group) => group.length)).toEqual([16, 16, 8]);
});
