import { expect, test } from "vitest";
import { listPage } from "./list-page.ts";

const page = (search: string) => listPage(new Request(`http://x/admin/webhooks${search}`));

test("keeps the filters when it goes on, and forgets the place when it goes back to the top", () => {
  const second = page("?status=dead&q=&cursor=abc");
  expect(second.nextHref("d&e")).toBe("/admin/webhooks?status=dead&cursor=d%26e");
  expect(second.firstHref).toBe("/admin/webhooks?status=dead");
  expect(second.cursor).toBe("abc");
  expect(page("").firstHref).toBeNull();
  expect(page("").nextHref(null)).toBeNull();
});

test("takes only the words of a choice, and knows whether anything is filtered", () => {
  expect(page("?status=dead").choice("status", ["dead", "handled"])).toBe("dead");
  expect(page("?status=%3Cscript%3E").choice("status", ["dead"])).toBeUndefined();
  expect(page("?q=+&cursor=a").filter("q")).toBeUndefined();
  expect(page("?cursor=a").filtered).toBe(false);
  expect(page("?q=evt").filtered).toBe(true);
});
