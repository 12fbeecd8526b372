import { announcementsList } from "./announcements.ts";
import { campaignsList } from "./campaigns.ts";
import { type Caller, type ListExport, listExport, money, type RowsOf } from "./export.server.ts";
import { offersList } from "./offers.ts";
import { pricesList } from "./prices.ts";
import { productsList } from "./products.ts";
import { receiptsList } from "./receipts.ts";

type Product = RowsOf<Caller["products"]["list"]>;
type Price = RowsOf<Caller["products"]["prices"]>;
type Campaign = RowsOf<Caller["pricing"]["campaigns"]["list"]>;
type Announcement = RowsOf<Caller["pricing"]["incoming"]>;
type Offer = RowsOf<Caller["offers"]["list"]>;
type Receipt = RowsOf<Caller["pricing"]["receipts"]["list"]>;

/** What is sold, for how much and why, as files. */
export const CATALOG_EXPORTS: readonly ListExport[] = [
  listExport<Product>(productsList, (caller, asked) => caller.products.list(asked as never), [
    { name: "id", value: (row) => row.id },
    { name: "name_sv", value: (row) => row.name.sv },
    { name: "name_en", value: (row) => row.name.en },
    { name: "kind", value: (row) => row.kind },
    { name: "category", value: (row) => row.category },
    { name: "vat_bps", value: (row) => row.taxRateBps },
    { name: "on_sale", value: (row) => (row.active ? "yes" : "no") },
    { name: "variants", value: (row) => row.variants },
    { name: "on_hand", value: (row) => row.onHand },
  ]),
  listExport<Price>(pricesList, (caller, asked) => caller.products.prices(asked as never), [
    { name: "id", value: (row) => row.id },
    { name: "product_id", value: (row) => row.productId },
    { name: "sku", value: (row) => row.sku },
    ...money<Price>("price", ({ amount, currency }) => ({ amount, currency })),
    { name: "interval", value: (row) => row.interval },
    { name: "interval_count", value: (row) => row.intervalCount },
    { name: "current", value: (row) => (row.active ? "yes" : "no") },
    { name: "stripe_price_id", value: (row) => row.stripePriceId },
    { name: "created_at", value: (row) => row.createdAt },
  ]),
  listExport<Campaign>(campaignsList, (caller, asked) => caller.pricing.campaigns.list(asked as never), [
    { name: "id", value: (row) => row.id },
    { name: "name", value: (row) => row.name },
    { name: "phase", value: (row) => row.phase },
    { name: "status", value: (row) => row.status },
    { name: "products", value: (row) => row.products.join("; ") },
    { name: "start_at", value: (row) => row.startAt },
    { name: "end_at", value: (row) => row.endAt },
    { name: "price_problems", value: (row) => row.problemCount },
  ]),
  listExport<Announcement>(announcementsList, (caller, asked) => caller.pricing.incoming(asked as never), [
    { name: "id", value: (row) => row.id },
    { name: "campaign_id", value: (row) => row.campaignId },
    { name: "action", value: (row) => row.action },
    { name: "result", value: (row) => row.result },
    { name: "version", value: (row) => row.version },
    { name: "occurred_at", value: (row) => row.occurredAt },
    { name: "received_at", value: (row) => row.receivedAt },
    { name: "applied_at", value: (row) => row.appliedAt },
    { name: "visible_at", value: (row) => row.visibleAt },
  ]),
  listExport<Receipt>(receiptsList, (caller, asked) => caller.pricing.receipts.list(asked as never), [
    { name: "id", value: (row) => row.id },
    { name: "product_id", value: (row) => row.productId },
    { name: "email", value: (row) => row.email },
    { name: "customer_id", value: (row) => row.customerId },
    ...money<Receipt>("price", ({ amount, currency }) => ({ amount, currency })),
    { name: "interval", value: (row) => row.interval },
    { name: "interval_count", value: (row) => row.intervalCount },
    { name: "campaign_id", value: (row) => row.campaignId },
    { name: "stripe_price_id", value: (row) => row.stripePriceId },
    { name: "rule", value: (row) => row.rule },
    { name: "created_at", value: (row) => row.createdAt },
  ]),
  listExport<Offer>(offersList, (caller, asked) => caller.offers.list(asked as never), [
    { name: "id", value: (row) => row.id },
    { name: "name", value: (row) => row.name },
    { name: "kind", value: (row) => row.kind },
    { name: "discount_bps", value: (row) => row.discountBps },
    { name: "months", value: (row) => row.months },
    { name: "product_ids", value: (row) => row.productIds.join("; ") },
    { name: "reasons", value: (row) => row.reasons.join("; ") },
    { name: "on", value: (row) => (row.on ? "yes" : "no") },
    { name: "shown", value: (row) => row.shown },
    { name: "accepted", value: (row) => row.accepted },
    { name: "declined", value: (row) => row.declined },
    { name: "active_from", value: (row) => row.activeFrom },
    { name: "active_until", value: (row) => row.activeUntil },
    { name: "created_at", value: (row) => row.createdAt },
  ]),
];
