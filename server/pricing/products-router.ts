import {
  addMedia,
  addMediaInput,
  addPriceInput,
  addVariantInput,
  changePriceInput,
  createProduct,
  createProductInput,
  editMedia,
  editMediaInput,
  editProductInput,
  editVariantInput,
  getProductForStaff,
  listProductsForStaff,
  officeProductInput,
  productListInput,
} from "../catalog/index.ts";
import { access, router, STAFF } from "../trpc/init.ts";
import { orderPrice } from "./add-price.ts";
import { editProduct } from "./edit-product.ts";
import { addVariant, editVariant } from "./edit-variant.ts";
import { priceListInput } from "./input.ts";
import { orderPriceChange } from "./order-price-change.ts";
import { listDefaultPrices } from "./price-list.ts";

const SELLING = { staff: ["owner", "marketing"] } as const;

/** For staff: what is sold, on sale or not, and the changing of it. It stands here because a change may end a price. */
export const productsRouter = router({
  list: access(STAFF)
    .input(productListInput)
    .query(({ ctx, input }) => ctx.db.transaction((tx) => listProductsForStaff(tx, input), { readOnly: true })),
  get: access(STAFF)
    .input(officeProductInput)
    .query(({ ctx, input }) => ctx.db.transaction((tx) => getProductForStaff(tx, input.id), { readOnly: true })),
  prices: access(STAFF)
    .input(priceListInput)
    .query(({ ctx, input }) => ctx.db.transaction((tx) => listDefaultPrices(tx, input), { readOnly: true })),
  create: access(SELLING)
    .input(createProductInput)
    .mutation(({ ctx, input }) => createProduct(ctx, input)),
  addPrice: access(SELLING)
    .input(addPriceInput)
    .mutation(({ ctx, input }) => orderPrice(ctx, input)),
  addMedia: access(SELLING)
    .input(addMediaInput)
    .mutation(({ ctx, input }) => addMedia(ctx, input)),
  editMedia: access(SELLING)
    .input(editMediaInput)
    .mutation(({ ctx, input }) => editMedia(ctx, input)),
  edit: access(SELLING)
    .input(editProductInput)
    .mutation(({ ctx, input }) => editProduct(ctx, input)),
  editVariant: access(SELLING)
    .input(editVariantInput)
    .mutation(({ ctx, input }) => editVariant(ctx, input)),
  addVariant: access(SELLING)
    .input(addVariantInput)
    .mutation(({ ctx, input }) => addVariant(ctx, input)),
  changePrice: access(SELLING)
    .input(changePriceInput)
    .mutation(({ ctx, input }) => orderPriceChange(ctx, input)),
});
