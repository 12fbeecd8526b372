import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { settings } from "../../server/kernel/config.ts";
import { settingsTable, withSettings } from "./settings-table.ts";

const readme = readFileSync(new URL("../../README.md", import.meta.url), "utf8");

test("the README documents every setting as the code has it (npm run readme)", () => {
  expect(withSettings(readme)).toBe(readme);
});

test("no setting is without a meaning", () => {
  for (const name of Object.keys(settings))
    expect(settingsTable()).toMatch(new RegExp(`\\| \`${name}\` \\| [^|]* \\| \\S`));
});

test("the README stays short enough to be read", () => {
  expect(readme.split("\n").length).toBeLessThan(200);
});
