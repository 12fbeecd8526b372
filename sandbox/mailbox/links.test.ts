import { expect, it } from "vitest";
import { linksIn } from "./links.ts";

it("finds each link once, as a reader could follow it", () => {
  const html = `<a href="https://a.test/x?y=1&amp;z=2">x</a><a href='mailto:b@a.test'>b</a>`;
  expect(linksIn("See https://a.test/x?y=1&z=2 or http://localhost:3000/p.", html)).toEqual([
    "https://a.test/x?y=1&z=2",
    "http://localhost:3000/p",
  ]);
});
