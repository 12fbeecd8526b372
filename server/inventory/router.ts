import { access, router, STAFF } from "../trpc/init.ts";
import { adjustStock } from "./adjust-stock.ts";
import { adjustStockInput, movementListInput, stockOfProductInput } from "./input.ts";
import { listMovements, stockOfProduct } from "./queries.ts";

/** For staff: what lies where, what moved and why. */
export const inventoryRouter = router({
  ofProduct: access(STAFF)
    .input(stockOfProductInput)
    .query(({ ctx, input }) => ctx.db.transaction((tx) => stockOfProduct(tx, input.productId), { readOnly: true })),
  movements: access(STAFF)
    .input(movementListInput)
    .query(({ ctx, input }) => ctx.db.transaction((tx) => listMovements(tx, input), { readOnly: true })),
  adjust: access({ staff: ["owner", "support"] })
    .input(adjustStockInput)
    .mutation(({ ctx, input }) => adjustStock(ctx, input)),
});
