import { setTimeout as pause } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { createGroupCommit, Overloaded } from "./group-commit.ts";

function recorder(options: { maxGroup?: number; flights?: number; maxWaiting?: number } = {}) {
  const groups: string[][] = [];
  let flying = 0;
  let most = 0;
  const together: string[][] = [];
  const air: string[] = [];
  const group = createGroupCommit<string, string>({
    key: (item) => item.charAt(0),
    write: async (items) => {
      groups.push([...items]);
      air.push(...items);
      together.push([...air]);
      most = Math.max(most, ++flying);
      await pause(2);
      flying--;
      for (const item of items) air.splice(air.indexOf(item), 1);
      if (items.includes("x!")) throw new Error("refused");
      return items.map((item) => item.toUpperCase());
    },
    ...options,
  });
  return { group, groups, together, most: () => most };
}

describe("createGroupCommit", () => {
  test("writes what arrives in one turn together and gives each its own result", async () => {
    const { group, groups } = recorder();
    expect(await Promise.all(["a", "b", "c"].map((item) => group.submit(item)))).toEqual(["A", "B", "C"]);
    expect(groups).toEqual([["a", "b", "c"]]);
  });

  test("never has more groups in the air, nor larger ones, than it may", async () => {
    const { group, groups, most } = recorder({ maxGroup: 3, flights: 2 });
    await Promise.all("abcdefghijklmnopqrstuvw".split("").map((item) => group.submit(item)));
    expect(Math.max(...groups.map((items) => items.length))).toBe(3);
    expect(most()).toBe(2);
  });

  test("waits for what is in the air until there is a whole group", async () => {
    const { group, groups } = recorder({ maxGroup: 3, flights: 2 });
    const first = group.submit("a");
    await pause(0);
    const few = ["b", "c"].map((item) => group.submit(item));
    await Promise.all([first, ...few]);
    expect(groups).toEqual([["a"], ["b", "c"]]);
    const other = group.submit("d");
    await pause(0);
    const whole = ["e", "f", "g"].map((item) => group.submit(item));
    await pause(0);
    expect(groups.slice(2)).toEqual([["d"], ["e", "f", "g"]]);
    await Promise.all([other, ...whole]);
  });

  test("never has two items with one key in the air, and keeps their order", async () => {
    const { group, together, groups } = recorder({ maxGroup: 4 });
    await Promise.all(["a1", "a2", "b1", "a3", "c1", "b2"].map((item) => group.submit(item)));
    for (const air of together) expect(new Set(air.map((item) => item.charAt(0))).size).toBe(air.length);
    expect(groups.flat().filter((item) => item.startsWith("a"))).toEqual(["a1", "a2", "a3"]);
  });

  test("a group that fails fails only its own items, and the next goes on", async () => {
    const { group } = recorder({ maxGroup: 2, flights: 1 });
    const results = await Promise.allSettled(["x!", "y", "z"].map((item) => group.submit(item)));
    expect(results.map((result) => result.status)).toEqual(["rejected", "rejected", "fulfilled"]);
  });

  test("refuses beyond what may wait", async () => {
    const { group } = recorder({ maxWaiting: 2 });
    const results = await Promise.allSettled(["a", "b", "c"].map((item) => group.submit(item)));
    expect(results[2]).toMatchObject({ status: "rejected", reason: expect.any(Overloaded) as unknown });
    expect(results.filter((result) => result.status === "fulfilled")).toHaveLength(2);
  });

  test("closing lets everything land first", async () => {
    const { group, groups } = recorder({ maxGroup: 1, flights: 1 });
    const taken = ["a", "b", "c"].map((item) => group.submit(item));
    await group.close();
    expect(groups).toHaveLength(3);
    expect(await Promise.all(taken)).toEqual(["A", "B", "C"]);
    await expect(group.submit("d")).rejects.toThrow(Overloaded);
  });
});

describe("the same once more", () => {
  type Sent = { id: string; body: string };
  const gate = () => {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    return { promise, open: () => resolve(), fail: (error: Error) => reject(error) };
  };
  const commitOf = (written: string[][], hold: Promise<void>) =>
    createGroupCommit<Sent, "kept" | "again">({
      key: (item) => item.id,
      repeated: { same: (one, other) => one.body === other.body, result: "again" },
      write: async (items) => {
        written.push(items.map((item) => item.body));
        await hold;
        return items.map(() => "kept" as const);
      },
    });

  test("is written once, whether the first waits or is in the air; another body is written for itself", async () => {
    const written: string[][] = [];
    const { promise, open } = gate();
    const commit = commitOf(written, promise);
    const answers = [
      { id: "a", body: "1" },
      { id: "a", body: "1" },
      { id: "a", body: "2" },
    ].map(commit.submit);
    await new Promise((resolve) => setImmediate(resolve));
    answers.push(commit.submit({ id: "a", body: "1" }));
    open();
    expect(await Promise.all(answers)).toEqual(["kept", "again", "kept", "again"]);
    expect(written).toEqual([["1"], ["2"]]);
    expect(await commit.submit({ id: "a", body: "1" })).toBe("kept");
  });

  test("fails with the one that it is the same as", async () => {
    const { promise, fail } = gate();
    const commit = commitOf([], promise);
    const answers = Promise.allSettled(
      [
        { id: "a", body: "1" },
        { id: "a", body: "1" },
      ].map(commit.submit),
    );
    await new Promise((resolve) => setImmediate(resolve));
    fail(new Error("no room"));
    expect((await answers).map((answer) => answer.status)).toEqual(["rejected", "rejected"]);
  });
});
