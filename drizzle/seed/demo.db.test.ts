import postgres from "postgres";
import { afterAll, describe, expect, it } from "vitest";
import { testDatabase } from "../../scripts/test/database.ts";
import { seedDemo } from "./demo.ts";

const database = await testDatabase();
const serviceUrl = database.urls.service;
const member = postgres(database.urls.member, { max: 1 });
const service = postgres(serviceUrl, { max: 1 });
afterAll(() => Promise.all([member.end(), service.end()]));

async function everything() {
  return {
    products: await service`select * from products order by id`,
    variants: await service`select * from variants order by id`,
    prices: await service`select * from prices order by id`,
    periods: await service`select * from price_periods order by id`,
    users: await service`select * from users order by id`,
  };
}

describe("the demo shop", () => {
  it("without a way to hash passwords has no people", async () => {
    await seedDemo({ serviceUrl });
    const { products, users } = await everything();
    expect(products.map((row) => row.id)).toContain("test-kund");
    expect(users).toEqual([]);
  });

  it("is added once: a second start changes nothing, and what was changed since stays", async () => {
    const hashPassword = async (password: string) => `hash of ${password}`;
    await seedDemo({ serviceUrl, hashPassword });
    await service`update prices set active = false where id = 'prc_cap_sek'`;
    await service`update products set recommended = true where id = 'dagtid'`;
    const before = await everything();
    await seedDemo({ serviceUrl, hashPassword: () => Promise.reject(new Error("hashed again")) });
    expect(await everything()).toEqual(before);
    expect(before.users.map((row) => row.email)).toEqual(["member@kraftverk.test", "owner@kraftverk.test"]);
  });

  it("two starts at once add it once", async () => {
    const other = await testDatabase();
    await Promise.all([1, 2, 3].map(() => seedDemo({ serviceUrl: other.urls.service })));
    const sql = postgres(other.urls.service, { max: 1 });
    const [row] = await sql`select count(*)::int as products from products`;
    await sql.end();
    expect(row?.products).toBe(30);
  });

  it("has a history for every price: without gaps, until now, ending in today's price", async () => {
    const broken = await service`
      select p.id from prices p
      left join lateral (
        select count(*) filter (where until_at is null) as open, max(amount) filter (where until_at is null) as current,
          min(from_at) as first, count(*) as periods,
          count(*) filter (where until_at is null or exists (
            select 1 from price_periods n where n.product_id = h.product_id and n.variant_id is not distinct from h.variant_id
              and n.currency = h.currency and n.from_at = h.until_at)) as joined
        from price_periods h
        where h.product_id = p.product_id and h.variant_id is not distinct from p.variant_id and h.currency = p.currency
          and h.interval is not distinct from p.interval
      ) h on true
      where h.open <> 1 or h.current <> p.amount or h.joined <> h.periods or h.first > p.created_at`;
    expect(broken).toEqual([]);
  });

  it("has sixty days of them for all that was there when it opened", async () => {
    const [row] =
      await service`select count(*) filter (where first < now() - interval '59 days')::int as old, count(*)::int as all
      from (select min(from_at) as first from price_periods group by product_id) h`;
    expect(row).toEqual({ old: 27, all: 30 });
  });

  it("has goods at two places: plenty, a few of some, none of others", async () => {
    const [row] = await service`select count(*) filter (where left_over > 5)::int as plenty,
      count(*) filter (where left_over between 1 and 5)::int as few, count(*) filter (where left_over = 0)::int as none from app.stock_left()`;
    expect(row?.plenty).toBeGreaterThan(30);
    expect(row?.few).toBeGreaterThan(5);
    expect(row?.none).toBeGreaterThan(2);
    const places = await service`select distinct location_id from stock_levels where on_hand > 0 order by 1`;
    expect(places.map((place) => place.location_id)).toEqual(["front-desk", "warehouse"]);
  });

  it("can be read by every visitor", async () => {
    const rows = await member`
      select amount::int, interval from prices where product_id = 'test-kund' and currency = 'SEK' and active`;
    expect(rows).toEqual([{ amount: 39_900, interval: "month" }]);
  });
});
