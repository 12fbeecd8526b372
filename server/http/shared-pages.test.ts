import { describe, expect, test } from "vitest";
import { testCompany } from "../../scripts/test/company.ts";
import type { Runtime } from "../wire.ts";
import type { RequestState } from "./request-context.ts";
import { mayShare, nobodysRequest, sharedPageKey } from "./shared-pages.ts";
import type { Standing } from "./standing.ts";

const PREFIX = "__Host-";
const at = (path: string) => new URL(path, "https://shop.example");

/** What web knows of a request, as far as sharing looks at it. */
function stateOf(cookies: Record<string, string> = {}, session: object | null = null): RequestState {
  const jar = new Map(Object.entries(cookies));
  const browser = { ip: "192.0.2.7", userAgent: "Firefox", locale: "sv", cartToken: "cart-of-anna" };
  return {
    ctx: { actor: { kind: "customer", customerId: "cus_anna" }, session, browser },
    cookies: [],
    jar,
    prefix: PREFIX,
    retryAfterSeconds: 7,
    cookieValue: (name: string) => jar.get(`${PREFIX}${name}`),
    setCookie: () => {},
  } as unknown as RequestState;
}

describe("which requests may share a document", () => {
  const may = (path: string, init: RequestInit = {}, state = stateOf()) =>
    mayShare(new Request(at(path), init), at(path), state);

  test.each([
    ["a visitor", "/products?q=a", stateOf()],
    ["a member with a cart", "/", stateOf({ "__Host-sid": "s", "__Host-cart": "c" }, { impersonation: null })],
    ["a visitor with somebody else's cookie", "/terms", stateOf({ _ga: "1" })],
  ])("%s does", (_who, path, state) => expect(may(path, {}, state)).toBe(true));

  test.each([
    ["a form", "/", { method: "POST" }],
    ["a key", "/", { headers: { Authorization: "Bearer x" } }],
    ["the account", "/account", {}],
    ["the cart", "/cart", {}],
    ["a secret link", "/order?token=x", {}],
    ["a page with a form key", "/medlemskap", {}],
    ["data", "/products.data", {}],
    ["the back office", "/admin", {}],
  ])("not %s", (_what, path, init) => expect(may(path, init)).toBe(false));

  test("not staff who look as a customer, nor who is given a cookie", () => {
    expect(may("/", {}, stateOf({}, { impersonation: { id: "imp_1" } }))).toBe(false);
    expect(may("/", {}, { ...stateOf(), cookies: ["__Host-cart=x"] })).toBe(false);
  });
});

test("the key holds everything that the document is made of", () => {
  const standing: Standing = { viewer: { kind: "anonymous", role: null, seenByStaff: null }, cartCount: 0 };
  const sv = { locale: "sv", theme: "dark", company: testCompany };
  const keys = [
    sharedPageKey(at("/products"), sv, standing),
    sharedPageKey(at("/products?q=a"), sv, standing),
    sharedPageKey(new URL("https://other.example/products"), sv, standing),
    sharedPageKey(at("/products"), { ...sv, locale: "en" }, standing),
    sharedPageKey(at("/products"), { ...sv, company: { ...testCompany, name: "Annan AB" } }, standing),
    sharedPageKey(at("/products"), { ...sv, theme: "light" }, standing),
    sharedPageKey(at("/products"), sv, { ...standing, cartCount: 1 }),
    sharedPageKey(at("/products"), sv, { ...standing, viewer: { ...standing.viewer, kind: "customer" } }),
    sharedPageKey(at("/products"), sv, { ...standing, viewer: { ...standing.viewer, kind: "staff", role: "owner" } }),
    sharedPageKey(at("/products"), sv, { ...standing, viewer: { ...standing.viewer, kind: "staff", role: "support" } }),
  ];
  expect(new Set(keys).size).toBe(keys.length);
  expect(sharedPageKey(at("/products"), sv, standing)).toBe(keys[0]);
});

describe("what a shared page is made from", () => {
  const runtime = { ctx: (actor: object) => ({ actor }) } as unknown as Runtime;
  const own = stateOf(
    {
      "__Host-sid": "session-of-anna",
      "__Host-cart": "cart-of-anna",
      "__Host-theme": "dark",
      _ga: "anna",
      locale: "x",
    },
    { email: "anna@example.se" },
  );
  const { request, state } = nobodysRequest(runtime, at("/products?q=a"), own, "request-1");

  test("language and theme are all of the visitor that is in it", () => {
    expect(request.url).toBe("https://shop.example/products?q=a");
    expect([...request.headers]).toEqual([["cookie", "__Host-theme=dark"]]);
    expect([...state.jar]).toEqual([["__Host-theme", "dark"]]);
    expect(state.cookieValue("theme")).toBe("dark");
    expect(state.cookieValue("sid")).toBeUndefined();
    expect(state.ctx).toMatchObject({ actor: { kind: "anonymous", tokens: [] }, session: null });
    expect(state.ctx.browser).toMatchObject({ locale: "sv", cartToken: null, userAgent: null });
    expect(JSON.stringify([...request.headers, ...state.jar, state.ctx])).not.toMatch(/anna|192\.0\.2|Firefox/);
  });

  test("a chosen look that is no word of ours is left out", () => {
    const odd = nobodysRequest(runtime, at("/"), stateOf({ "__Host-theme": "dark; sid=1" }), "request-1");
    expect([...odd.request.headers]).toEqual([]);
  });
});
