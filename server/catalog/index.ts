export { catalogErrors } from "./errors.ts";
export { findProducts } from "./find-products.ts";
export {
  type AddVariantInput,
  addVariantInput,
  type ChangePriceInput,
  changePriceInput,
  type EditProductInput,
  type EditVariantInput,
  editProductInput,
  editVariantInput,
  officeProductInput,
  productListInput,
} from "./input.ts";
export { mirrorProductJob } from "./jobs.ts";
export type { CatalogMirror, MirrorPrice, MirrorProduct, MirrorStep } from "./mirror.ts";
export { mirrorProduct } from "./mirror-product.ts";
export { feeProduct, mirrorFee, mirrorPrice } from "./mirror-rows.ts";
export { getProductForStaff, listProductsForStaff } from "./office-queries.ts";
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
