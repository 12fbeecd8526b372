import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { alerts } from "../app/lib/i18n/en/alerts.ts";
import { root } from "./test/run-program.ts";

const KIND =
  /(?:kind: |ALERT\w* = )"([a-z]+\.[a-z_]+)"|'([a-z]+\.[a-z_]+)' as kind|(?:select|\|\|.*,) '([a-z]+\.[a-z_]+)'/g;

/** Every kind of alert that the product raises, as it is written in the files that raise alerts. */
function alertKinds(): string[] {
  const kinds = globSync("{server,worker}/**/*.ts", { cwd: root })
    .filter((path) => !/\.test\.ts$/.test(path))
    .map((path) => readFileSync(join(root, path), "utf8"))
    .filter((text) => /raiseAlert\(|into alerts/.test(text))
    .flatMap((text) => [...text.matchAll(KIND)].map((match) => match[1] ?? match[2] ?? match[3] ?? ""));
  return [...new Set(kinds)].sort();
}

test("docs/operations.md says of every kind of alert what it means and what to do", () => {
  const rows = readFileSync(join(root, "docs/operations.md"), "utf8").matchAll(
    /^\| `([a-z]+\.[a-z_]+)`[^|]*\|([^|]+)\|([^|]+)\|$/gm,
  );
  const explained = new Map([...rows].map(([, kind = "", meaning = "", remedy = ""]) => [kind, { meaning, remedy }]));
  // And every kind that has a name in the back office: a kind may be written in another file than the one that raises it.
  const named = Object.keys(alerts).flatMap((key) => /^alerts\.kind\.(.+)$/.exec(key)?.[1] ?? []);
  const kinds = [...new Set([...alertKinds(), ...named])];
  expect(kinds).toContain("jobs.stopped");
  expect(kinds).toContain("webhooks.body_differs");
  for (const kind of kinds) {
    const row = explained.get(kind);
    expect(row, `${kind} needs a row in docs/operations.md, section Alerts`).toBeDefined();
    expect(row?.meaning.trim().length).toBeGreaterThan(20);
    expect(row?.remedy.trim().length).toBeGreaterThan(20);
  }
});
