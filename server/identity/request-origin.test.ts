import { describe, expect, test } from "vitest";
import { judgeRequestOrigin, type RequestOrigin } from "./request-origin.ts";

const own = "https://shop.example";
const request = (over: Partial<RequestOrigin>): RequestOrigin => ({
  method: "POST",
  origin: own,
  fetchSite: "same-origin",
  hasCookie: true,
  ownOrigins: [own],
  ...over,
});

describe("R25: what may change state", () => {
  test.each([
    ["our own page", {}],
    ["our own page, in a browser without Sec-Fetch-Site", { fetchSite: null }],
    ["a reload or bookmark that posts (Sec-Fetch-Site: none)", { fetchSite: "none" }],
    ["our own page without Origin", { origin: null }],
    ["a program without cookies", { origin: null, fetchSite: null, hasCookie: false }],
    [
      "the second of several own addresses",
      { origin: "http://192.168.1.7:3000", ownOrigins: [own, "http://192.168.1.7:3000"] },
    ],
  ])("%s may", (_name, over) => {
    expect(judgeRequestOrigin(request(over))).toEqual({ allowed: true });
  });

  test.each([
    ["another site's origin", { origin: "https://evil.example", fetchSite: null }, "foreign_origin"],
    ["another site, as the browser says", { origin: "https://evil.example", fetchSite: "cross-site" }, "cross_site"],
    ["a cross-site mark with our origin", { fetchSite: "cross-site" }, "cross_site"],
    ["a sibling domain", { origin: "https://blog.shop.example", fetchSite: "same-site" }, "cross_site"],
    ["a sibling domain, old browser", { origin: "https://blog.shop.example", fetchSite: null }, "foreign_origin"],
    ["our name on another port", { origin: "https://shop.example:8443", fetchSite: null }, "foreign_origin"],
    ["our name without encryption", { origin: "http://shop.example", fetchSite: null }, "foreign_origin"],
    [
      "our name as the beginning of another",
      { origin: "https://shop.example.evil.example", fetchSite: null },
      "foreign_origin",
    ],
    ["an opaque origin (sandboxed frame, data: page)", { origin: "null", fetchSite: null }, "foreign_origin"],
    ["an empty origin", { origin: "", fetchSite: null }, "foreign_origin"],
    ["a mark nobody knows", { fetchSite: "elsewhere" }, "cross_site"],
    ["nothing said, with a cookie", { origin: null, fetchSite: null }, "no_origin"],
    [
      "a sign-in from another site, before any cookie",
      { origin: "https://evil.example", fetchSite: null, hasCookie: false },
      "foreign_origin",
    ],
  ])("%s may not", (_name, over, reason) => {
    expect(judgeRequestOrigin(request(over))).toEqual({ allowed: false, reason });
  });

  test.each(["POST", "PUT", "PATCH", "DELETE", "post", "PROPFIND"])("%s is checked", (method) => {
    expect(judgeRequestOrigin(request({ method, origin: "https://evil.example" })).allowed).toBe(false);
  });

  test.each(["GET", "HEAD", "OPTIONS", "get"])("%s is not: it changes nothing", (method) => {
    expect(
      judgeRequestOrigin(request({ method, origin: "https://evil.example", fetchSite: "cross-site" })).allowed,
    ).toBe(true);
  });
});
