import { afterAll, describe, expect, test } from "vitest";
import { seedDemo } from "../../drizzle/seed/demo.ts";
import { testDatabase } from "../../scripts/test/database.ts";
import { ensureBuild, productEnv, startProduct } from "../../scripts/test/product.ts";
import { ROUTE_ADDRESSES } from "../../scripts/test/route-addresses.ts";
import { sized } from "../../scripts/test/size.ts";

const { urls } = await testDatabase();
await ensureBuild();
await seedDemo({ serviceUrl: urls.service });
const web = await startProduct("web", productEnv(urls, { BASE_URL: "https://shop.example" }));
afterAll(() => web.end("SIGTERM"));

const others = [
  "/healthz",
  "/readyz",
  "/metrics",
  "/api/checkout",
  "/api/trpc/identity.me",
  "/api/webhooks/stripe/logs",
];
const ask = (path: string) =>
  fetch(`${web.url}${path}`, { redirect: "manual", headers: { "x-forwarded-proto": "https" } });
const nonceOf = (response: Response) =>
  /'nonce-([\w-]{16,})'/.exec(response.headers.get("content-security-policy") ?? "")?.[1] ?? "none";

describe("R24: what a browser is told by every answer", () => {
  test.each([...ROUTE_ADDRESSES, ...others])("%s", async (path) => {
    const response = await ask(path);
    const { headers } = response;
    expect(response.status).toBeLessThan(500);
    const [, seconds] = /max-age=(\d+)/.exec(headers.get("strict-transport-security") ?? "") ?? [];
    expect(Number(seconds)).toBeGreaterThanOrEqual(31_536_000);
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("referrer-policy")).toBeTruthy();
    const policy = headers.get("content-security-policy") ?? "";
    for (const part of ["object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'", "default-src 'none'"])
      expect(policy).toContain(part);
    expect(policy).not.toMatch(/script-src[^;]*'unsafe/);
    expect(headers.get("cache-control") ?? "").not.toMatch(/public|max-age=[1-9]/);
    if (/^\/(account|admin|order|withdraw|card|checkout|api\/trpc)\b/.test(path))
      expect(headers.get("cache-control")).toBe("no-store");
    const page = await response.text();
    const nonces = new Set([...page.matchAll(/ nonce="([^"]*)"/g)].map(([, nonce]) => nonce));
    expect([...nonces], "the page's own scripts carry this answer's nonce").toEqual(
      nonces.size === 0 ? [] : [nonceOf(response)],
    );
  });

  test("every answer carries a nonce of its own, a thousand of them too, also where the page is shared", async () => {
    const ROUNDS = sized(8, 50);
    const nonces = new Set<string>();
    for (let round = 0; round < ROUNDS; round++) {
      const answers = await Promise.all(
        Array.from({ length: 20 }, (_, n) => ask(n % 2 === 0 ? "/products" : "/login")),
      );
      for (const answer of answers) {
        nonces.add(nonceOf(answer));
        await answer.text();
      }
    }
    expect(nonces.size).toBe(ROUNDS * 20);
  });
});
