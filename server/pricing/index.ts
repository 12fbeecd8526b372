export { getCampaignPriceId } from "./get-campaign-price-id.ts";
export type { PriceSource, SourcePrice } from "./price-source.ts";
export { type PriceView, priceView } from "./price-view.ts";
export { type PriceWanted, type ResolvedPrice, resolvePrice, resolvePrices } from "./resolve-price.ts";
export { type ReceiptOwner, writePriceReceipt } from "./write-price-receipt.ts";
