import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { LONG_FILES, longFirst } from "./long-files.ts";
import { root } from "./run-program.ts";

it.each(LONG_FILES)("%s is there", (path) => expect(existsSync(join(root, path))).toBe(true));

it("what lives long begins, and the rest keeps its order", () => {
  const [longest = "", second = ""] = LONG_FILES;
  const files = ["b.test.ts", second, "a.test.ts", longest].map((path) => ({ moduleId: `/project/${path}` }));
  expect(longFirst(files).map(({ moduleId }) => moduleId.slice(9))).toEqual([
    longest,
    second,
    "b.test.ts",
    "a.test.ts",
  ]);
});
