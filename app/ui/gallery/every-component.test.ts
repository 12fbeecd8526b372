import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { expect, test } from "vitest";

const UI = join(import.meta.dirname, "..");
const read = (file: string) => readFileSync(join(UI, file), "utf8");
const components = readdirSync(UI).filter((name) => name.endsWith(".tsx") && !name.includes(".test."));
const samples = readdirSync(join(UI, "gallery")).filter((name) => name.endsWith(".tsx"));

/** Shown elsewhere than in the gallery, and where. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  "form-page.tsx": "a page by itself, with a heading of the first rank",
  "progress-bar.tsx": "above every page, the gallery too, while another is fetched",
};

/** The components that a file is made of, each with those that it is made of itself. */
function madeOf(text: string, known = new Set<string>()): Set<string> {
  for (const [, path = ""] of text.matchAll(/from "(?:\.\.?|~\/ui)\/([\w-]+\.tsx)"/g)) {
    if (!components.includes(path) || known.has(path)) continue;
    known.add(path);
    madeOf(read(path), known);
  }
  return known;
}

test("/admin/ui shows every component that any page may use", () => {
  const shown = new Set(samples.flatMap((name) => [...madeOf(read(join("gallery", name)))]));
  expect(shown.size).toBeGreaterThan(30);
  expect(components.filter((name) => !shown.has(basename(name)) && !(name in ELSEWHERE))).toEqual([]);
  expect(Object.keys(ELSEWHERE).filter((name) => !components.includes(name))).toEqual([]);
});
