import { expect, it } from "vitest";
import { partHref, partPlace } from "./part-place.ts";

it("moves in one part and leaves the rest of the address as it is", () => {
  const href = partHref({ pathname: "/admin/x", search: "?cursor=a&happened=b" }, "happened", "c d");
  expect(href).toBe("/admin/x?cursor=a&happened=c+d#happened");
  const request = new Request(new URL(href, "https://shop.test"));
  expect(partPlace(request, "happened")).toEqual({ cursor: "c d" });
  expect(partPlace(request, "moves")).toEqual({});
});
