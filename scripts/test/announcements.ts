import { canonicalJson } from "../../server/http/canonical-json.ts";
import type { Ctx } from "../../server/kernel/ctx.ts";
import { parseAnnouncement, receiveAnnouncement } from "../../server/pricing/index.ts";
import type { campaignShop } from "./campaign-shop.ts";

type Content = Record<string, unknown>;

/** What a partner's system could send about one campaign. */
export function announcementsOf(id: string) {
  const campaign = (given: Content) => ({
    id,
    name: "November",
    status: "active",
    products: ["oppet"],
    prices: [{ currency: "SEK", interval: "month", stripePriceId: "price_list" }],
    ...given,
  });
  return {
    created: (given: Content = {}, envelope: Content = {}) => ({
      action: "created",
      campaign: campaign(given),
      ...envelope,
    }),
    updated: (given: Content = {}, envelope: Content = {}) => ({
      action: "updated",
      campaign: campaign(given),
      ...envelope,
    }),
    deleted: (envelope: Content = {}) => ({ action: "deleted", campaignId: id, ...envelope }),
    priceUpdated: (stripePriceId = "price_single", envelope: Content = {}, productId = "oppet") => ({
      action: "price.updated",
      priceUpdate: { stripePriceId, originalProductId: productId, campaignId: id, campaignName: "By price" },
      ...envelope,
    }),
  };
}

/** Sends one as the partner and answers its result. */
export async function announce(partner: Ctx, body: Content): Promise<string> {
  const parsed = parseAnnouncement(body);
  if (!parsed.ok || parsed.announcement.action === "ping") throw new Error(JSON.stringify(parsed));
  const received = {
    announcement: parsed.announcement,
    body: JSON.stringify(body),
    bodyHash: canonicalJson(body),
  };
  return (await receiveAnnouncement(partner, received)).result;
}

/** Everything of a campaign that decides anything. */
export async function storedCampaign(sql: Awaited<ReturnType<typeof campaignShop>>["sql"], id: string) {
  const [row] = await sql<{ name: string; status: string; end_at: string | null; version: number | null }[]>`
    select name, status, start_at, end_at, duration_months, version::int from campaigns where id = ${id}`;
  const products = await sql`select product_id from campaign_products where campaign_id = ${id} order by 1`;
  const prices = await sql`
    select stripe_price_id, product_id, version::int from campaign_prices where campaign_id = ${id} order by 1, 2, 3`;
  return row && { ...row, products: products.map((one) => one.product_id), prices: [...prices] };
}
