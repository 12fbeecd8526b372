import { expect, test } from "vitest";
import { awaitDatabase } from "./await-database.ts";
import { createLog } from "./log.ts";

const log = createLog({ process: "worker", level: "silent" });
const failing = (code: string, times: number) => {
  let tries = 0;
  return async () => {
    if (++tries <= times) throw Object.assign(new Error(code), { name: "PostgresError", code });
    return tries;
  };
};

test("a database that is starting up is waited for", async () => {
  expect(await awaitDatabase(failing("57P03", 3), log, { pauseMs: 1 })).toBe(4);
});

test("one that does not come back is given up after a while", async () => {
  const ask = failing("57P03", Number.POSITIVE_INFINITY);
  await expect(awaitDatabase(ask, log, { pauseMs: 1, withinMs: 0 })).rejects.toThrow("57P03");
});

test("anything else is thrown at once", async () => {
  await expect(awaitDatabase(failing("28P01", 1), log, { pauseMs: 1 })).rejects.toThrow("28P01");
});
