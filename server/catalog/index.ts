export { findProducts } from "./find-products.ts";
export type { CatalogMirror, MirrorPrice, MirrorProduct, MirrorStep } from "./mirror.ts";
export { mirrorPrice } from "./mirror-rows.ts";
export {
  knownProductIds,
  listMedia,
  listOffers,
  type Media,
  type Offer,
  type OfferFilter,
  type Price,
  type Product,
  type Variant,
} from "./queries.ts";
export { fold } from "./search-words.ts";
export { compareCatalog, syncCatalog } from "./sync-catalog.ts";
