import { afterAll, describe, expect, test } from "vitest";
import { seedDemo } from "../../drizzle/seed/demo.ts";
import { testDatabase } from "../../scripts/test/database.ts";
import { ensureBuild, productEnv, startProduct } from "../../scripts/test/product.ts";
import { connect } from "../kernel/db.ts";
import { hashToken } from "../kernel/id.ts";

const { urls } = await testDatabase();
await ensureBuild();
await seedDemo({ serviceUrl: urls.service });
const service = connect(urls.service, { name: "test" });
const web = await startProduct("web", productEnv(urls));
afterAll(async () => {
  await web.end("SIGTERM");
  await service.close();
});

const browser = "Mozilla/5.0 (X11; Linux x64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36";
async function open(path: string, headers: Record<string, string> = {}) {
  const response = await fetch(`${web.url}${path}`, {
    headers: { "user-agent": browser, "accept-language": "sv", ...headers },
  });
  const text = await response.text();
  return {
    text,
    response,
    nonce: /'nonce-([\w-]+)'/.exec(response.headers.get("content-security-policy") ?? "")?.[1] ?? "none",
    requestId: response.headers.get("x-request-id") ?? "none",
  };
}
type Opened = Awaited<ReturnType<typeof open>>;

/** The page without what is the visitor's own, and without the time it was made. */
function common({ text, nonce, requestId }: Opened): string {
  return text
    .replaceAll(nonce, "NONCE")
    .replaceAll(requestId, "REQUEST")
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, "TIME");
}
const later = () => new Promise((resolve) => setTimeout(resolve, 600));

test.each(["/", "/products", "/products?q=hand", "/products/towel", "/terms", "/villkor", "/privacy", "/integritet"])(
  "%s holds nothing of its visitor: two renderings are alike but for the marks",
  async (path) => {
    // With the language chosen, as a page that sets a cookie is never shared.
    const cookie = { cookie: "__Host-locale=sv" };
    const first = await open(path, cookie);
    await later();
    const second = await open(path, cookie);
    expect(first.response.status).toBe(200);
    expect(second.nonce).not.toBe(first.nonce);
    // Not compared by the test runner, which would print both.
    expect(common(second) === common(first), "the renderings differ").toBe(true);
  },
);

describe("what is shared", () => {
  test("carries each visitor's own nonce and request id, whatever id came with the request", async () => {
    const visits = await Promise.all([open("/products"), open("/products", { "x-request-id": "products" })]);
    for (const { text, nonce, requestId } of visits) {
      expect(text).toContain(`nonce="${nonce}"`);
      expect(text).toContain(`data-request-id="${requestId}"`);
      expect(text).toContain('href="/products/towel"');
    }
    expect(visits[0]?.nonce).not.toBe(visits[1]?.nonce);
    expect(visits[0]?.requestId).not.toBe(visits[1]?.requestId);
  });

  test("a member's page never reaches a visitor, nor a visitor's the member", async () => {
    const email = "share-nothing@example.se";
    const { sql } = service;
    await sql`insert into users (id, email, email_normalized, password_hash, locale, staff_role, created_at)
      values ('usr_share', ${email}, ${email}, 'x', 'sv', null, now())`;
    await sql`insert into customers (id, user_id, email, email_normalized, locale, created_at)
      values ('cus_share', 'usr_share', ${email}, ${email}, 'sv', now())`;
    await sql`insert into sessions (id, user_id, token_hash, created_at, last_seen_at, expires_at)
      values ('ses_share', 'usr_share', ${hashToken("token-of-share")}, now(), now(), now() + interval '1 day')`;
    const member = { cookie: "__Host-sid=token-of-share" };
    const visits = await Promise.all(
      Array.from({ length: 24 }, (_, index) => open("/products", index % 2 === 0 ? member : {})),
    );
    visits.forEach(({ text }, index) => {
      expect(text.includes(email), `visit ${index}`).toBe(index % 2 === 0);
    });
  });

  test("a campaign's price takes the place of the old one", async () => {
    const { sql } = service;
    const campaignPrice = /\b77(?:\u00a0|&nbsp;| )kr/;
    const isShown = async () => campaignPrice.test((await open("/products")).text);
    expect(await isShown()).toBe(false);
    await sql.begin(async (tx) => {
      await tx`insert into campaigns (id, name, status, source, created_at, updated_at) values ('shared', 'Shared', 'active', 'partner', now(), now())`;
      await tx`insert into campaign_products (campaign_id, product_id) values ('shared', 'towel')`;
      await tx`insert into campaign_prices (id, campaign_id, stripe_price_id, state, amount, currency, announced_at, created_at, checked_at)
        values ('cpr_shared', 'shared', 'price_shared', 'usable', 7700, 'SEK', now(), now(), now())`;
    });
    await expect.poll(isShown, { timeout: 20_000 }).toBe(true);
  });
});
