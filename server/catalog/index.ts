export { addMedia, editMedia } from "./arrange-media.ts";
export { createProduct } from "./create-product.ts";
export { catalogErrors } from "./errors.ts";
export { findProducts } from "./find-products.ts";
export {
  type AddPriceInput,
  type AddVariantInput,
  addMediaInput,
  addPriceInput,
  addVariantInput,
  type ChangePriceInput,
  changePriceInput,
  createProductInput,
  type EditProductInput,
  type EditVariantInput,
  editMediaInput,
  editProductInput,
  editVariantInput,
  officeProductInput,
  productListInput,
} from "./input.ts";
export { addPriceJob, mirrorProductJob } from "./jobs.ts";
export { keepPicture, readPicture } from "./keep-picture.ts";
export { type MediaFile, readMediaFile } from "./media-file.ts";
export type { CatalogMirror, MirrorPrice, MirrorProduct, MirrorStep } from "./mirror.ts";
export { mirrorProduct } from "./mirror-product.ts";
export { feeProduct, mirrorFee, mirrorPrice, mirrorProduct as mirrorOfProduct } from "./mirror-rows.ts";
export { getProductForStaff, listProductsForStaff } from "./office-queries.ts";
export {
  knownProductIds,
  listMedia,
  listOffers,
  type Media,
  type Offer,
  type OfferFilter,
  type Picture,
  type Price,
  type Product,
  type Variant,
} from "./queries.ts";
export { fold } from "./search-words.ts";
export { compareCatalog, syncCatalog } from "./sync-catalog.ts";
