import { setImmediate as turn } from "node:timers/promises";
import { expect, test } from "vitest";
import { gather } from "./gather.ts";

test("what is asked for in one moment is one call, and each gets its own answer", async () => {
  const calls: number[][] = [];
  const double = gather<number, number>({
    ask: async (items) => {
      calls.push([...items]);
      return items.map((item) => item * 2);
    },
    most: 3,
    flights: 1,
  });
  expect(await Promise.all([1, 2, 3, 4].map(double))).toEqual([2, 4, 6, 8]);
  expect(calls).toEqual([[1, 2, 3], [4]]);
  expect(await double(5)).toBe(10);
  expect(calls).toHaveLength(3);
});

test("no more calls are under way than may be; the rest gathers for the next", async () => {
  const calls: { items: readonly string[]; answer(): void }[] = [];
  const ask = gather<string, string>({
    ask: (items) => new Promise((resolve) => void calls.push({ items, answer: () => resolve(items) })),
    most: 64,
    flights: 1,
  });
  const first = ask("a");
  await turn();
  await turn();
  const rest = [ask("b"), ask("c")];
  await turn();
  await turn();
  expect(calls.map(({ items }) => items)).toEqual([["a"]]);
  calls[0]?.answer();
  expect(await first).toBe("a");
  calls[1]?.answer();
  expect(await Promise.all(rest)).toEqual(["b", "c"]);
});

test("a call that fails fails for all in it, and for nobody after it", async () => {
  let fails = true;
  const ask = gather<number, number>({
    ask: async (items) => {
      if (fails) throw new Error("away");
      return items;
    },
    most: 64,
    flights: 2,
  });
  const outcomes = await Promise.allSettled([ask(1), ask(2)]);
  expect(outcomes.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  fails = false;
  expect(await ask(3)).toBe(3);
});
