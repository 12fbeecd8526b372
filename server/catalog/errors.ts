import { defineErrors } from "../kernel/errors.ts";

export const catalogErrors = defineErrors({
  productNotFound: ["catalog.product_not_found", "not_found", "There is no such product."],
  variantNotFound: ["catalog.variant_not_found", "not_found", "There is no such variant."],
  skuTaken: ["catalog.sku_taken", "conflict", "Another variant has this SKU. Take another one."],
  productExists: ["catalog.product_exists", "conflict", "Another product has this id. Take another one."],
  priceExists: ["catalog.price_exists", "conflict", "There is such a price already. Change it instead."],
  wrongPrice: [
    "catalog.wrong_price",
    "invalid",
    "A membership's price renews and belongs to one of its variants, which has one interval; goods are paid once.",
  ],
  soldAsPlan: [
    "catalog.sold_as_plan",
    "conflict",
    "This is a plan: what it is called and costs is a version of it. Write one under Plans.",
  ],
  oneAtATime: [
    "catalog.one_at_a_time",
    "invalid",
    "Only of a membership it is said how many one subscription may have.",
  ],
  notAPicture: [
    "catalog.not_a_picture",
    "invalid",
    "Upload a picture: PNG, JPEG or WebP, at most 3 MB and 8,000 pixels each way.",
  ],
  tooManyPictures: ["catalog.too_many_pictures", "invalid", "Take a picture away before you add another one."],
  mediaNotFound: ["catalog.media_not_found", "not_found", "The picture is not there any more. Look again."],
  wrongOptions: [
    "catalog.wrong_options",
    "invalid",
    "A new variant has a value for each of the product's options, and is not one that there is already.",
  ],
});
