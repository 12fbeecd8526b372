import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { LEFT_FILES, LEFT_TAG } from "./left-to-prove.ts";
import { root } from "./run-program.ts";

const read = (path: string) => readFileSync(join(root, path), "utf8");
const left = LEFT_FILES.map((begin) => ({
  begin,
  files: globSync(`${begin}**`, { cwd: root }).concat(globSync(`${begin}**/*`, { cwd: root })),
}));
const tests = left.flatMap(({ files }) => files.filter((file) => /\.(db|http)\.test\.ts$/.test(file)));
const journeys = globSync("e2e/*/*.spec.ts", { cwd: root });

it("every entry still names a test", () => {
  for (const { begin, files } of left)
    expect(
      files.some((file) => file.endsWith(".test.ts")),
      begin,
    ).toBe(true);
  expect(journeys.filter((file) => read(file).includes(LEFT_TAG)).length).toBeGreaterThan(0);
});

it("nothing that proves a requirement is left out of a run", () => {
  const titles = /\b(?:describe|it|test)(?:\.\w+)*\(\s*["`]([^"`]*)/g;
  const proves = tests.filter((file) =>
    [...read(file).matchAll(titles)].some(([, title = ""]) => /\bR\d+\b/.test(title)),
  );
  expect(tests.length).toBeGreaterThan(30);
  expect(proves).toEqual([]);
});

it("the tests that planted bugs turn red stay in every run", () => {
  const planted = [...read("e2e/README.md").matchAll(/`([\w-]+\.db\.test)`: /g)].map(([, name]) => name);
  expect(planted.length).toBeGreaterThan(2);
  for (const name of planted)
    expect(
      tests.filter((file) => file.includes(`/${name}`)),
      name,
    ).toEqual([]);
});
