import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { removeLeftBehind } from "./left-behind.ts";

const parent = mkdtempSync(join(tmpdir(), "left-behind-"));
afterAll(() => rmSync(parent, { recursive: true, force: true }));

test("what a killed run left is removed; a run's own folder, another's and one that just begins are not", () => {
  const folder = (name: string, pid?: number) => {
    mkdirSync(join(parent, name, "postgres"), { recursive: true });
    if (pid !== undefined) writeFileSync(join(parent, name, "postgres", "postmaster.pid"), `${pid}\n`);
  };
  folder("run-killed");
  folder("run-dead", 2 ** 22 + 1);
  folder("run-served", process.pid);
  folder("other");
  const left = () => ["run-killed", "run-dead", "run-served", "other"].filter((name) => existsSync(join(parent, name)));
  removeLeftBehind(parent, "run-");
  expect(left()).toHaveLength(4);
  removeLeftBehind(parent, "run-", Date.now() + 11 * 60_000);
  expect(left()).toEqual(["run-served", "other"]);
});
