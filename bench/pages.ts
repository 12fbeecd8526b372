import type postgres from "postgres";
import { closedLoop, type Load, requestBytes } from "./http-load.ts";

const PRODUCTS = 12;

/** Fills the storefront up to twelve products, one of them at a campaign price. */
export async function preparePages(admin: postgres.Sql): Promise<void> {
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

/** The storefront as an anonymous visitor's browser asks for it: rendered by the server, all twelve products in it. */
export async function measureStorefront(
  port: number,
  options: { connections: number; seconds: number },
): Promise<Load> {
  const response = await fetch(`http://127.0.0.1:${port}/products`, { headers: { "accept-language": "sv" } });
  const page = await response.text();
  const shown = new Set(page.match(/href="\/products\/[\w-]+/g)).size;
  if (response.status !== 200 || shown < PRODUCTS)
    throw new Error(`the storefront answered ${response.status} with ${shown} products`);
  const browser = "Mozilla/5.0 (X11; Linux x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36";
  const request = requestBytes("GET", "/products", {
    "Accept-Language": "sv",
    "User-Agent": browser,
    Accept: "text/html",
  });
  const load = await closedLoop({ port, ...options, next: () => request });
  if (Object.keys(load.statuses).some((status) => status !== "200"))
    throw new Error(`the storefront answered ${JSON.stringify(load.statuses)}`);
  return load;
}
