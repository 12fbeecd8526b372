import { setImmediate as turn } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { readTogether } from "./read-together.ts";

class Lost extends Error {}

/** A database that counts its transactions; one in which a statement failed answers nothing more. */
function database() {
  const state = { begun: 0, ended: 0, failBegin: false };
  const begin = async <T>(work: (tx: { read(what: string): Promise<string> }) => Promise<T>): Promise<T> => {
    if (state.failBegin) throw new Lost("no connection");
    state.begun += 1;
    let spoilt: Error | null = null;
    const read = async (what: string) => {
      await turn();
      if (spoilt) throw new Lost("transaction is aborted");
      if (what.startsWith("bad")) {
        spoilt = new Lost(what);
        throw spoilt;
      }
      return what.toUpperCase();
    };
    try {
      const result = await work({ read });
      if (spoilt) throw spoilt;
      return result;
    } finally {
      state.ended += 1;
    }
  };
  return { state, read: readTogether({ begin, alone: begin, isOfDatabase: (error) => error instanceof Lost }) };
}

describe("what is read together", () => {
  test("shares one transaction, which ends when the last has read", async () => {
    const { state, read } = database();
    const twice = read(async (tx) => (await tx.read("a")) + (await tx.read("b")));
    expect(await Promise.all([twice, read((tx) => tx.read("c"))])).toEqual(["AB", "C"]);
    await turn();
    expect(state).toMatchObject({ begun: 1, ended: 1 });
  });

  test("joins while somebody reads, and begins anew afterwards", async () => {
    const { state, read } = database();
    const first = read(async (tx) => {
      await tx.read("a");
      return read((same) => same.read("within"));
    });
    expect(await first).toBe("WITHIN");
    expect(state.begun).toBe(1);
    expect(await read((tx) => tx.read("b"))).toBe("B");
    expect(state.begun).toBe(2);
  });

  test("a statement that fails is its own reader's failure alone", async () => {
    const { state, read } = database();
    const results = await Promise.allSettled([
      read((tx) => tx.read("bad")),
      read(async (tx) => (await tx.read("a")) + (await tx.read("b"))),
      read((tx) => tx.read("c")),
    ]);
    expect(results.map(({ status }) => status)).toEqual(["rejected", "fulfilled", "fulfilled"]);
    expect(results[1]).toMatchObject({ value: "AB" });
    await turn();
    expect(state.ended).toBe(state.begun);
  });

  test("what the work itself refuses is told at once, and spoils nothing", async () => {
    const { state, read } = database();
    const refused = read(async () => Promise.reject(new Error("not found")));
    await expect(Promise.all([refused, read((tx) => tx.read("a"))])).rejects.toThrow("not found");
    await turn();
    expect(state).toMatchObject({ begun: 1, ended: 1 });
  });

  test("everybody learns that no transaction could begin, and the next tries again", async () => {
    const { state, read } = database();
    state.failBegin = true;
    const results = await Promise.allSettled([read((tx) => tx.read("a")), read((tx) => tx.read("b"))]);
    expect(results.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    state.failBegin = false;
    expect(await read((tx) => tx.read("a"))).toBe("A");
  });
});
