import { theShop } from "../fixtures/addresses.ts";
import { expect, test } from "../fixtures/journey.ts";

const shop = (path: string) => `${theShop().shop}${path}`;

test.describe("what a browser is told", () => {
  test("every page has a policy of its own, and no two share a nonce", async () => {
    const nonces = new Set<string>();
    for (let i = 0; i < 5; i++) {
      for (const path of ["/", "/medlemskap", "/login"]) {
        const response = await fetch(shop(path));
        const policy = response.headers.get("content-security-policy") ?? "";
        expect(policy).toContain("object-src 'none'");
        expect(policy).toContain("base-uri 'none'");
        expect(policy).toContain("frame-ancestors 'none'");
        expect(policy).not.toMatch(/script-src[^;]*unsafe/);
        expect(policy).toContain(`form-action 'self' ${new URL(theShop().sandbox).origin}`);
        const nonce = /'nonce-([^']{16,})'/.exec(policy)?.[1] ?? "";
        expect(await response.text()).toContain(`nonce="${nonce}"`);
        nonces.add(nonce);
        expect(response.headers.get("x-content-type-options")).toBe("nosniff");
        expect(response.headers.get("referrer-policy")).toBeTruthy();
        expect(response.headers.get("cache-control") ?? "").not.toMatch(/public/);
      }
    }
    expect(nonces.size).toBe(15);
  });

  test("the session cookie cannot be read by scripts or sent by other sites", async ({ staff }) => {
    const session = (await staff.context().cookies()).find((cookie) => cookie.name === "__Host-sid");
    expect(session).toMatchObject({ httpOnly: true, secure: true, sameSite: "Lax", path: "/" });
    expect(session!.value.length).toBeGreaterThanOrEqual(32);
  });
});

test.describe("what another site can do", () => {
  const forms = [
    ["/login", "email=owner%40kraftverk.test&password=kraftverk-demo"],
    ["/signup", "email=x%40example.test&password=aaaaaaaaaaaaaaaa"],
    ["/medlemskap", "productId=oppet&variantId=oppet-month&shownAmount=39900"],
    ["/products/towel", "variantId=towel-one&quantity=1"],
    ["/preferences", "locale=en"],
    ["/api/trpc/identity.signOut", ""],
    ["/api/checkout", ""],
  ] as const;
  const origins = [
    { Origin: "https://evil.example" },
    { Origin: "null" },
    { "Sec-Fetch-Site": "cross-site" },
    { "Sec-Fetch-Site": "same-site" },
  ] as const;

  for (const [path, body] of forms) {
    test(`a form of another site to ${path} is refused and sets nothing`, async () => {
      for (const origin of origins) {
        for (const type of ["application/x-www-form-urlencoded", "text/plain", "application/json"]) {
          const response = await fetch(shop(path), {
            method: "POST",
            redirect: "manual",
            headers: { ...origin, "Content-Type": type },
            body,
          });
          expect(response.status, `${JSON.stringify(origin)} ${type}`).toBe(403);
          expect(response.headers.getSetCookie()).toEqual([]);
        }
      }
    });
  }

  test("a cookie without a word about where the request comes from is not enough", async ({ staff }) => {
    const cookies = await staff.context().cookies();
    const response = await fetch(shop("/api/trpc/identity.signOut"), {
      method: "POST",
      headers: {
        Cookie: cookies.map((one) => `${one.name}=${one.value}`).join("; "),
        "Content-Type": "application/json",
      },
      body: "{}",
    });
    expect(response.status).toBe(403);
    await staff.goto("/admin");
    await expect(staff).toHaveURL(/\/admin$/);
  });
});

test.describe("what has limits", () => {
  const large = "x".repeat(1_100_000);
  for (const path of ["/api/webhooks/stripe", "/api/trpc/identity.signIn", "/login", "/api/checkout"]) {
    test(`${path} refuses more than 1 MB`, async () => {
      const response = await fetch(shop(path), {
        method: "POST",
        body: large,
        headers: { "Content-Type": "application/json" },
      });
      expect(response.status).toBe(413);
    });
  }

  test("campaigns may be 64 kB", async () => {
    const response = await fetch(shop("/api/campaigns/webhook"), {
      method: "POST",
      headers: { Authorization: `Bearer ${theShop().sourceKey}`, "Content-Type": "application/json" },
      body: JSON.stringify({ action: "ping", padding: "x".repeat(70_000) }),
    });
    expect(response.status).toBe(413);
  });

  test("a campaign webhook without the right key is refused", async () => {
    for (const authorization of [
      "",
      "Bearer ",
      "Bearer wrong-key-of-some-length",
      `Basic ${theShop().sourceKey}`,
      theShop().sourceKey,
    ]) {
      const response = await fetch(shop("/api/campaigns/webhook"), {
        method: "POST",
        headers: { Authorization: authorization, "Content-Type": "application/json" },
        body: JSON.stringify({ action: "ping" }),
      });
      expect(response.status, authorization).toBe(401);
    }
  });

  test("a notification that the provider did not sign is refused", async () => {
    for (const signature of [undefined, "", "t=1,v1=00", `t=${Math.floor(Date.now() / 1000)},v1=${"0".repeat(64)}`]) {
      const response = await fetch(shop("/api/webhooks/stripe"), {
        method: "POST",
        headers: {
          "Content-Type": "application/json",
          ...(signature === undefined ? {} : { "Stripe-Signature": signature }),
        },
        body: JSON.stringify({
          id: "evt_forged",
          object: "event",
          type: "checkout.session.completed",
          data: { object: {} },
        }),
      });
      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({ error: "Invalid signature" });
    }
  });
});

test.describe("what is not for everybody", () => {
  test("health answers, metrics answer this machine but nobody through a proxy", async () => {
    expect((await fetch(shop("/healthz"))).status).toBe(200);
    expect((await fetch(shop("/readyz"))).status).toBe(200);
    const metrics = await fetch(shop("/metrics"));
    expect(metrics.status).toBe(200);
    expect(await metrics.text()).toContain("http_request");
    expect((await fetch(shop("/metrics"), { headers: { "X-Forwarded-For": "127.0.0.1" } })).status).toBe(401);
  });

  test("the clock cannot be moved without the sandbox's token", async () => {
    const attempts: Record<string, string>[] = [{}, { Authorization: "Bearer wrong" }];
    for (const headers of attempts) {
      const response = await fetch(shop("/_sandbox/clock"), {
        method: "POST",
        headers: { ...headers, "Content-Type": "application/json" },
        body: JSON.stringify({ now: "2030-01-01T00:00:00Z" }),
      });
      expect(response.status).toBe(404);
    }
  });

  test("the back office and the inbox are closed to visitors and members", async ({ page }) => {
    for (const path of ["/admin", "/admin/orders", "/admin/webhooks"]) {
      await page.goto(path);
      await expect(page, path).toHaveURL(/\/login/);
    }
    expect((await fetch(shop("/api/webhooks/stripe/logs"))).status).toBe(401);
  });
});
