import { expect, test } from "vitest";
import { redirectTarget } from "./redirect-target.ts";

test.each([
  ["/account", "/account"],
  ["/account/orders?page=2#top", "/account/orders?page=2#top"],
  ["/medlemskap?plan=%C3%B6ppet", "/medlemskap?plan=%C3%B6ppet"],
  ["/products/linne-svart", "/products/linne-svart"],
  ["/a/../cart", "/cart"],
])("%s is followed", (wanted, target) => {
  expect(redirectTarget(wanted)).toBe(target);
});

test.each([
  "https://evil.example",
  "//evil.example",
  "///evil.example",
  "/\\evil.example",
  "\\\\evil.example",
  "/\\/evil.example",
  "/.//evil.example",
  "/..//evil.example",
  "/%2e//evil.example",
  "/\t/evil.example",
  "/\n/evil.example",
  "/%09/evil.example",
  "/%5cevil.example",
  "/%5Cevil.example",
  "/account%0d%0aSet-Cookie:%20sid=x",
  "/account\r\nSet-Cookie: sid=x",
  "/account%00",
  "javascript:alert(1)",
  " javascript:alert(1)",
  "data:text/html,x",
  "user@evil.example",
  "@evil.example",
  "evil.example",
  "http:evil.example",
  " /account",
  "",
  "/login",
  "/login?redirectTo=/login",
  "/login.data",
  "/signup",
  "/reset?token=abc",
  "/verify?token=abc",
  "/api/trpc/identity.signOut",
  `/${"a".repeat(600)}`,
])("%j leads to the account instead", (wanted) => {
  expect(redirectTarget(wanted)).toBe("/account");
});

test("R26: whatever comes out is a path of this shop", () => {
  for (const prefix of ["/", "//", "/\\", "/.", "/..", "/./", "/x"]) {
    for (const rest of ["/evil.example", "\\evil.example", "@evil.example", ":80", "?next=//evil.example"]) {
      const target = redirectTarget(prefix + rest);
      expect(new URL(target, "https://shop.example").origin).toBe("https://shop.example");
    }
  }
});

test("nothing wanted is the fallback, which the caller may choose", () => {
  expect(redirectTarget(undefined)).toBe("/account");
  expect(redirectTarget(null, "/cart")).toBe("/cart");
});
