export type { CatalogMirror, MirrorPrice, MirrorProduct } from "./mirror.ts";
export { mirrorPrice } from "./mirror-rows.ts";
export {
  knownProductIds,
  listOffers,
  type Offer,
  type OfferFilter,
  type Price,
  type Product,
  type Variant,
} from "./queries.ts";
export { syncCatalog } from "./sync-catalog.ts";
