import { and, eq, sql } from "drizzle-orm";
import { products } from "../../drizzle/schema/catalog.ts";
import { customers } from "../../drizzle/schema/identity.ts";
import { priceReceipts } from "../../drizzle/schema/pricing.ts";
import { countUpTo } from "../kernel/count-up-to.ts";
import type { Tx } from "../kernel/db.ts";
import type { Asked } from "../kernel/input.ts";
import { keyset, prefixRange } from "../kernel/page.ts";
import { withinDays } from "../kernel/shop-days.ts";
import type { receiptListInput } from "./input.ts";

/** All price receipts for staff, a page at a time, newest first unless asked otherwise. Amounts in minor units. */
export async function listReceipts(tx: Tx, input: Asked<typeof receiptListInput>) {
  const { createdAt, id } = priceReceipts;
  const place = keyset(input, { by: createdAt, id, type: "timestamptz", direction: input.direction ?? "desc" });
  const matching = and(
    input.campaign && (input.campaign === "with" ? sql`campaign_id is not null` : sql`campaign_id is null`),
    input.q ? sql`${priceReceipts.id} in (${foundBy(input.q)})` : undefined,
    withinDays(createdAt, input),
  );
  const rows = await tx
    .select({
      id: priceReceipts.id,
      productId: priceReceipts.productId,
      productName: products.name,
      email: customers.email,
      customerId: priceReceipts.customerId,
      amount: priceReceipts.amount,
      currency: priceReceipts.currency,
      interval: priceReceipts.interval,
      intervalCount: priceReceipts.intervalCount,
      campaignId: priceReceipts.campaignId,
      stripePriceId: priceReceipts.stripePriceId,
      rule: priceReceipts.rule,
      createdAt: priceReceipts.createdAt,
      cursorAt: place.cursorAt,
    })
    .from(priceReceipts)
    .innerJoin(products, eq(products.id, priceReceipts.productId))
    .leftJoin(customers, eq(customers.id, priceReceipts.customerId))
    .where(and(matching, place.condition))
    .orderBy(...place.orderBy)
    .limit(place.limit);
  const total = input.counted ? await countUpTo(tx, sql`from ${priceReceipts} where ${matching ?? sql`true`}`) : null;
  return { ...place.page(rows), total };
}

/** The ids that a receipt, a product, a campaign, an order's number or the beginning of an address stand for. */
function foundBy(q: string) {
  const { from, to } = prefixRange(q.toLowerCase());
  return sql`
    select id from price_receipts where id = ${q} or product_id = ${q} or campaign_id = ${q}
    union all select l.price_receipt_id from orders o join order_lines l on l.order_id = o.id where o.number = ${q.toUpperCase()}
    union all select r.id from customers c join price_receipts r on r.customer_id = c.id
      where c.email_normalized ~>=~ ${from} and c.email_normalized ~<~ ${to}`;
}
