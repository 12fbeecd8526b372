import { describe, expect, test } from "vitest";
import { loadConfig } from "../kernel/config.ts";
import { BodyTooLarge, readBody } from "./body-limit.ts";
import { addressBlock, cameThroughProxy, clientAddress, isLoopback } from "./client-address.ts";
import { parseCookies, serializeCookie } from "./cookies.ts";
import { mayReadMetrics } from "./health.ts";
import { requestLocale } from "./locale.ts";
import { securityHeaders } from "./security-headers.ts";

const config = loadConfig({
  DATABASE_URL: "postgres://m@127.0.0.1/k",
  DATABASE_SERVICE_URL: "postgres://s@127.0.0.1/k",
  STRIPE_SECRET_KEY: "sk_test_1234567890",
  SESSION_SECRET: "8f14e45fceea167a5a36dedd4bea2543c0ffee00",
  BASE_URL: "https://shop.example",
});

describe("cookies", () => {
  test("are read as browsers send them, the first of a name winning", () => {
    const jar = parseCookies("__Host-sid=a%20b; cart=1; cart=2; broken=%E0%A4%A; =x; lonely");
    expect(Object.fromEntries(jar)).toEqual({ "__Host-sid": "a b", cart: "1", broken: "%E0%A4%A" });
  });

  test("are written HttpOnly, SameSite=Lax and for the whole site", () => {
    expect(serializeCookie("__Host-sid", "a b", { secure: true, maxAgeSeconds: 60.9 })).toBe(
      "__Host-sid=a%20b; Path=/; SameSite=Lax; HttpOnly; Secure; Max-Age=60",
    );
  });
});

describe("the caller's address", () => {
  test("is the socket's unless a proxy of ours stands in front", () => {
    expect(clientAddress("10.0.0.1", "1.2.3.4", 0)).toBe("10.0.0.1");
  });

  test("is what our proxy saw, not what the caller wrote before it", () => {
    expect(clientAddress("10.0.0.1", "6.6.6.6, 1.2.3.4", 1)).toBe("1.2.3.4");
    expect(clientAddress("10.0.0.1", "6.6.6.6, 1.2.3.4, 10.0.0.9", 2)).toBe("1.2.3.4");
    expect(clientAddress("10.0.0.1", null, 1)).toBe("10.0.0.1");
  });

  test.each([
    ["198.51.100.7", "198.51.100.7"],
    ["::ffff:198.51.100.7", "198.51.100.7"],
    ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
    ["2001:0DB8:0001:0002:ffff::1", "2001:db8:1:2::/64"],
    ["2001:db8::1", "2001:db8:0:0::/64"],
    ["::1", "0:0:0:0::/64"],
    ["fe80::1%eth0", "fe80:0:0:0::/64"],
    ["not an address", "not an address"],
  ])("%s is counted as %s", (address, block) => expect(addressBlock(address)).toBe(block));

  test.each(["127.0.0.1", "::1", "::ffff:127.0.0.1"])("%s is this machine", (address) =>
    expect(isLoopback(address)).toBe(true),
  );
});

describe("the page's language", () => {
  test.each([
    ["/medlemskap", "en", "en", "sv"],
    ["/membership", "sv", "sv", "en"],
    ["/membership.data", undefined, "sv", "en"],
    ["/", "en", "sv", "en"],
    ["/", undefined, "en-GB,en;q=0.9,sv;q=0.8", "en"],
    ["/", undefined, "de,sv;q=0.5,en;q=0.4", "sv"],
    ["/", undefined, null, "sv"],
  ] as const)("of %s with cookie %s and browser %s is %s", (path, cookie, accept, expected) => {
    expect(requestLocale(path, cookie, accept)).toBe(expected);
  });
});

describe("R24: security headers", () => {
  test("are on every answer, and a route's own policy stays", () => {
    const headers = new Headers();
    securityHeaders(config, false)(headers, "n0nce");
    const policy = headers.get("Content-Security-Policy") ?? "";
    expect(policy).toContain("script-src 'self' 'nonce-n0nce'");
    expect(policy).toContain("form-action 'self' https://checkout.stripe.com https://billing.stripe.com");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain("unsafe-eval");
    expect(headers.get("Strict-Transport-Security")).toMatch(/max-age=63072000/);
    const own = new Headers({ "Content-Security-Policy": "sandbox" });
    securityHeaders(config, false)(own, "n");
    expect(own.get("Content-Security-Policy")).toBe("sandbox");
  });
});

describe("a body", () => {
  const streamed = (chunks: number, size: number) => {
    const body = new ReadableStream({
      start(controller) {
        for (let i = 0; i < chunks; i++) controller.enqueue(new Uint8Array(size));
        controller.close();
      },
    });
    return new Request("http://x/", { method: "POST", body, duplex: "half" } as RequestInit);
  };

  test("is read whole up to its limit, byte for byte", async () => {
    const text = "å\r\n\u2028🎯";
    const request = new Request("http://x/", { method: "POST", body: text });
    expect(new TextDecoder().decode(await readBody(request, 100))).toBe(text);
  });

  test("is refused beyond it, also when no length was announced", async () => {
    await expect(readBody(streamed(3, 40), 100)).rejects.toBeInstanceOf(BodyTooLarge);
    expect((await readBody(streamed(2, 50), 100)).byteLength).toBe(100);
  });
});

describe("metrics", () => {
  test("answer on loopback only, and never through a proxy, when there is no token", () => {
    expect(mayReadMetrics(undefined, null, "127.0.0.1", false)).toBe(true);
    expect(mayReadMetrics(undefined, null, "127.0.0.1", true)).toBe(false);
    expect(mayReadMetrics(undefined, null, "192.0.2.1", false)).toBe(false);
  });

  test.each(["X-Forwarded-For", "Forwarded", "X-Real-IP", "Via", "X-Forwarded-Proto", "CF-Connecting-IP"])(
    "know a proxy by its %s",
    (name) => {
      expect(cameThroughProxy(new Headers({ Host: "localhost", Accept: "*/*" }).keys())).toBe(false);
      expect(cameThroughProxy(new Headers({ Host: "localhost", [name]: "x" }).keys())).toBe(true);
      expect(cameThroughProxy([name])).toBe(true);
    },
  );

  test("answer to the token and to nothing else when there is one", () => {
    expect(mayReadMetrics("0123456789abcdef", "Bearer 0123456789abcdef", "192.0.2.1", true)).toBe(true);
    expect(mayReadMetrics("0123456789abcdef", "Bearer 0123456789abcdeX", "127.0.0.1", false)).toBe(false);
    expect(mayReadMetrics("0123456789abcdef", null, "127.0.0.1", false)).toBe(false);
  });
});
