import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";

const ROUTES = new URL("../routes", import.meta.url).pathname;

// Without any referrer a browser sends `Origin: null` with a form, and a page that is used without scripts is refused.
it("no page keeps its own forms from saying where they come from", () => {
  const withholding = readdirSync(ROUTES).filter((name) =>
    readFileSync(join(ROUTES, name), "utf8").includes('content: "no-referrer"'),
  );
  expect(withholding).toEqual([]);
});
