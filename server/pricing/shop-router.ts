import type { z } from "zod";
import { findProducts } from "../catalog/index.ts";
import type { Ctx } from "../kernel/ctx.ts";
import { access, router } from "../trpc/init.ts";
import { browseShelf, type ShelfList } from "./browse-shelf.ts";
import { membershipsInput, productInput, shelfInput } from "./input.ts";
import { getShelfItem, shelf } from "./shelf.ts";
import { shelfOfTheMoment } from "./shelf-of-the-moment.ts";
import { type ShopWindows, shelfOrder } from "./shop-window.ts";

/**
 * The public list. Prices, stock and texts come from the shop's window; only the words of a search ask the database, whose
 * index knows them.
 */
async function list(ctx: Ctx<{ shopWindows: ShopWindows }>, input: z.output<typeof shelfInput>): Promise<ShelfList> {
  const { q } = input;
  const [window, found] = await Promise.all([
    ctx.providers.shopWindows.look(ctx),
    q ? ctx.db.transaction((tx) => findProducts(tx, q), { readOnly: true }) : null,
  ]);
  return browseShelf(shelfOfTheMoment(window, input.currency, ctx.now()), input, found, shelfOrder(window));
}

/** The catalogue with its prices, for everybody. It lives here because the catalogue itself knows no campaigns. */
export const shopRouter = router({
  products: router({
    list: access("public")
      .input(shelfInput)
      .query(({ ctx, input }) => list(ctx, input)),
    get: access("public")
      .input(productInput)
      .query(async ({ ctx, input }) =>
        getShelfItem(await ctx.providers.shopWindows.look(ctx), input.id, input.currency, ctx.now()),
      ),
  }),
  memberships: router({
    list: access("public")
      .input(membershipsInput)
      .query(async ({ ctx, input }) => {
        const window = await ctx.providers.shopWindows.look(ctx);
        return { items: shelf(window, input.currency, ctx.now()).filter(({ kind }) => kind === "membership") };
      }),
  }),
});
