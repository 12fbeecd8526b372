import { defineErrors } from "../kernel/errors.ts";

export const catalogErrors = defineErrors({
  productNotFound: ["catalog.product_not_found", "not_found", "There is no such product."],
  variantNotFound: ["catalog.variant_not_found", "not_found", "There is no such variant."],
  skuTaken: ["catalog.sku_taken", "conflict", "Another variant has this SKU. Take another one."],
  wrongOptions: [
    "catalog.wrong_options",
    "invalid",
    "A new variant has a value for each of the product's options, and is not one that there is already.",
  ],
});
