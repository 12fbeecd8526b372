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
  return (
    text
      .replaceAll(nonce, "NONCE")
      .replaceAll(requestId, "REQUEST")
      .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, "TIME")
      // What the sandbox's clock says, to the minute: it may turn between two renderings.
      .replace(/Klockan är [^<]*/, "CLOCK")
  );
}
type Visitor = { readonly who: string; readonly cookie: string; readonly sees: { person: string; cart: string } };
const VISITORS: readonly Visitor[] = [
  { who: "nobody", cookie: "", sees: { person: "/login", cart: "Varukorg, 0 varor" } },
  { who: "in English", cookie: "__Host-locale=en", sees: { person: "/login", cart: "Cart, 0 items" } },
  { who: "a guest", cookie: "__Host-cart=guest-of-share", sees: { person: "/login", cart: "Varukorg, 3 varor" } },
  { who: "another", cookie: "__Host-cart=other-of-share; _ga=1", sees: { person: "/login", cart: "Varukorg, 1 vara" } },
  { who: "a member", cookie: "__Host-sid=idle-of-share", sees: { person: "/account", cart: "Varukorg, 0 varor" } },
  {
    who: "a member with a cart",
    cookie: "__Host-sid=member-of-share",
    sees: { person: "/account", cart: "Varukorg, 3 varor" },
  },
  { who: "staff", cookie: "__Host-sid=staff-of-share", sees: { person: "/admin", cart: "Varukorg, 0 varor" } },
  {
    who: "staff as a customer",
    cookie: "__Host-sid=looking-of-share",
    sees: { person: "/account", cart: "Varukorg, 3 varor" },
  },
];

/** What the frame around the shop's page shows a visitor. */
async function look(visitor: Visitor) {
  const opened = await open("/products", visitor.cookie === "" ? {} : { cookie: visitor.cookie });
  const person = /href="(\/(?:login|account|admin))"/.exec(opened.text)?.[1];
  const cart = /aria-label="((?:Varukorg|Cart), [^"]+)"/.exec(opened.text)?.[1];
  expect(opened.text, visitor.who).toContain(`nonce="${opened.nonce}"`);
  return { ...opened, visitor, shown: { person, cart } };
}

/** Members, staff and carts for {@link VISITORS}. */
async function people(): Promise<void> {
  const { sql } = service;
  for (const name of ["idle", "member", "staff"]) {
    const [id, email] = [`usr_share_${name}`, `${name}@example.se`];
    const role = name === "staff" ? "owner" : null;
    await sql`insert into users (id, email, email_normalized, password_hash, locale, staff_role, created_at)
      values (${id}, ${email}, ${email}, 'x', 'sv', ${role}, now())`;
    await sql`insert into customers (id, user_id, email, email_normalized, locale, created_at)
      values (${`cus_share_${name}`}, ${id}, ${email}, ${email}, 'sv', now())`;
  }
  for (const [session, user] of Object.entries({ idle: "idle", member: "member", staff: "staff", looking: "staff" }))
    await sql`insert into sessions (id, user_id, token_hash, created_at, last_seen_at, expires_at)
      values (${`ses_share_${session}`}, ${`usr_share_${user}`}, ${hashToken(`${session}-of-share`)}, now(), now(), now() + interval '1 day')`;
  await sql`insert into impersonations (id, session_id, staff_user_id, as_customer_id, reason, started_at, expires_at)
    values ('imp_share', 'ses_share_looking', 'usr_share_staff', 'cus_share_member', 'looks', now(), now() + interval '1 hour')`;
  const [variant] = await sql<
    { id: string; product_id: string }[]
  >`select id, product_id from variants where product_id = 'towel' limit 1`;
  if (!variant) throw new Error("the shop has no towel");
  for (const [name, customer, quantity] of [
    ["guest", null, 3],
    ["other", null, 1],
    ["member", "cus_share_member", 3],
  ] as const) {
    const id = `crt_share_${name}`;
    await sql`insert into carts (id, access_token_hash, customer_id, currency, status, created_at, updated_at)
      values (${id}, ${hashToken(`${name}-of-share`)}, ${customer}, 'SEK', 'open', now(), now())`;
    await sql`insert into cart_lines (cart_id, variant_id, product_id, quantity, shown_amount, position)
      values (${id}, ${variant.id}, ${variant.product_id}, ${quantity}, 14900, 0)`;
  }
}
/** Where two texts begin to differ, with what stands there in each. */
function difference(one: string, other: string) {
  if (one === other) return null;
  let at = 0;
  while (one[at] === other[at]) at++;
  return { at, one: one.slice(Math.max(0, at - 80), at + 120), other: other.slice(Math.max(0, at - 80), at + 120) };
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
    expect(difference(common(first), common(second))).toBeNull();
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

  test("each visitor's own standing, whoever else looks at the same moment", async () => {
    await people();
    const visits = await Promise.all(
      Array.from({ length: 6 }, () => VISITORS)
        .flat()
        .map(look),
    );
    for (const { visitor, shown } of visits) expect(shown, visitor.who).toEqual(visitor.sees);
    expect(new Set(visits.map(({ nonce }) => nonce)).size).toBe(visits.length);
    for (const { text, visitor } of visits) {
      expect(text.includes("@example.se"), visitor.who).toBe(visitor.who === "staff as a customer");
      expect(text, visitor.who).not.toMatch(/of-share|cus_share|usr_share|crt_share/);
    }
  });

  test("a cart that changes and a session that ends show at once", async () => {
    const { sql } = service;
    const member = VISITORS.find(({ who }) => who === "a member with a cart");
    if (!member) throw new Error("there is no member");
    expect((await look(member)).shown).toEqual(member.sees);
    await sql`update cart_lines set quantity = 5 where cart_id = 'crt_share_member'`;
    expect((await look(member)).shown).toEqual({ person: "/account", cart: "Varukorg, 5 varor" });
    await sql`update sessions set revoked_at = now() where id = 'ses_share_member'`;
    expect((await look(member)).shown).toEqual({ person: "/login", cart: "Varukorg, 0 varor" });
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
    await expect.poll(isShown, { timeout: 120_000 }).toBe(true);
  });
});
