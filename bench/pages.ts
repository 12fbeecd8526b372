import type postgres from "postgres";
import { hashToken } from "../server/kernel/id.ts";
import { requestBytes } from "./http-line.ts";
import { closedLoop, type Load } from "./http-load.ts";

const PRODUCTS = 12;

/** Fills the storefront up to twelve products, one of them at a campaign price, signs members in and fills carts. */
export async function preparePages(admin: postgres.Sql): Promise<void> {
  await prepareMember(admin);
  await prepareVisitors(admin);
  const [row] = await admin<
    { n: number }[]
  >`select count(*)::int as n from products where kind = 'merchandise' and active`;
  const missing = PRODUCTS - (row?.n ?? 0);
  await admin.unsafe(`
    insert into products (id, kind, name, summary, description, includes, art, category, tax_rate_bps, position, created_at)
      select 'more-' || n, kind, name, summary, description, includes, art, category, tax_rate_bps, 100 + n, created_at
      from products, generate_series(1, ${missing}) n where id = 'towel';
    insert into variants (id, product_id, sku, options) select 'more-one-' || n, 'more-' || n, 'MORE-' || n, '{}' from generate_series(1, ${missing}) n;
    insert into prices (id, product_id, currency, amount, created_at) select 'prc_more_' || n, 'more-' || n, 'SEK', 14900 + n * 100, now() from generate_series(1, ${missing}) n;
    insert into campaigns (id, name, status, source, created_at, updated_at) values ('storefront', 'Storefront', 'active', 'partner', now(), now());
    insert into campaign_products (campaign_id, product_id) values ('storefront', 'towel');
    insert into campaign_prices (id, campaign_id, stripe_price_id, state, amount, currency, announced_at, created_at, checked_at)
      select 'cpr_storefront', 'storefront', 'price_storefront', 'usable', min(amount) - 2000, 'SEK', now(), now(), now() from prices where product_id = 'towel' and currency = 'SEK';`);
}

const browser = "Mozilla/5.0 (X11; Linux x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36";
const SESSION = "session-of-the-bench";

/**
 * Who looks at the storefront: visitors whom the shop knows nothing of, the same each with a page that nobody else asks for,
 * or visitors with a session or a cart (half of them each, with one to eight things in it).
 */
export type Visitors = "nobody" | "known" | "each";

/** The storefront as the `index`th visitor's browser asks for it. */
export function storefrontRequest(visitors: Visitors, index: number): Buffer {
  if (visitors === "nobody") return requestBytes("GET", "/products", asBrowser);
  if (visitors === "each") return requestBytes("GET", `/products?visit=${index}`, asBrowser);
  const who = index % VISITORS;
  const Cookie = `__Host-${who < VISITORS / 2 ? "sid" : "cart"}=${visitorToken(who)}`;
  return requestBytes("GET", "/products", { ...asBrowser, Cookie });
}

const VISITORS = 16;
const visitorToken = (index: number) => `visitor-of-the-bench-${index}`;

const asBrowser = { "Accept-Language": "sv", "User-Agent": browser, Accept: "text/html" };

/** The storefront with all twelve products in it. */
export async function measureStorefront(
  port: number,
  options: { connections: number; seconds: number; visitors: Visitors },
): Promise<Load> {
  const response = await fetch(`http://127.0.0.1:${port}/products`, { headers: { "accept-language": "sv" } });
  const page = await response.text();
  const shown = new Set(page.match(/href="\/products\/[\w-]+/g)).size;
  if (response.status !== 200 || shown < PRODUCTS)
    throw new Error(`the storefront answered ${response.status} with ${shown} products`);
  let asked = 0;
  return allFound(await closedLoop({ port, ...options, next: () => storefrontRequest(options.visitors, asked++) }));
}

/** The page of payments of a member who is signed in, rendered for each request. */
export async function measureBilling(port: number, options: { connections: number; seconds: number }): Promise<Load> {
  const request = requestBytes("GET", "/account/billing", { ...asBrowser, Cookie: `__Host-sid=${SESSION}` });
  return allFound(await closedLoop({ port, ...options, next: () => request }));
}

function allFound(load: Load): Load {
  if (Object.keys(load.statuses).some((status) => status !== "200"))
    throw new Error(`a page answered ${JSON.stringify(load.statuses)}`);
  return load;
}

/** Signs a member in who has bought nothing yet. */
async function prepareMember(admin: postgres.Sql): Promise<void> {
  const email = "member-of-the-bench@example.se";
  await admin`insert into users (id, email, email_normalized, password_hash, locale, staff_role, created_at, email_verified_at)
    values ('usr_bench', ${email}, ${email}, 'x', 'sv', null, now(), now())`;
  await admin`insert into customers (id, user_id, email, email_normalized, locale, created_at)
    values ('cus_bench', 'usr_bench', ${email}, ${email}, 'sv', now())`;
  await admin`insert into sessions (id, user_id, token_hash, created_at, last_seen_at, expires_at)
    values ('ses_bench', 'usr_bench', ${hashToken(SESSION)}, now(), now(), now() + interval '1 day')`;
}

/** Members who are signed in and guests, each with a cart of one to eight things. */
async function prepareVisitors(admin: postgres.Sql): Promise<void> {
  const [thing] = await admin<{ id: string; product_id: string }[]>`
    select id, product_id from variants where product_id = 'towel' order by id limit 1`;
  if (!thing) throw new Error("the shop has no towel");
  for (let index = 0; index < VISITORS; index++) {
    const [user, email] = [`usr_visitor_${index}`, `visitor-${index}@example.se`];
    const member = index < VISITORS / 2 ? `cus_visitor_${index}` : null;
    if (member) {
      await admin`insert into users (id, email, email_normalized, password_hash, locale, staff_role, created_at, email_verified_at)
        values (${user}, ${email}, ${email}, 'x', 'sv', null, now(), now())`;
      await admin`insert into customers (id, user_id, email, email_normalized, locale, created_at)
        values (${member}, ${user}, ${email}, ${email}, 'sv', now())`;
      await admin`insert into sessions (id, user_id, token_hash, created_at, last_seen_at, expires_at)
        values (${`ses_visitor_${index}`}, ${user}, ${hashToken(visitorToken(index))}, now(), now(), now() + interval '1 day')`;
    }
    const cart = `crt_visitor_${index}`;
    await admin`insert into carts (id, access_token_hash, customer_id, currency, status, created_at, updated_at)
      values (${cart}, ${hashToken(visitorToken(index))}, ${member}, 'SEK', 'open', now(), now())`;
    await admin`insert into cart_lines (cart_id, variant_id, product_id, quantity, shown_amount, position)
      values (${cart}, ${thing.id}, ${thing.product_id}, ${(index % 8) + 1}, 14900, 0)`;
  }
}
