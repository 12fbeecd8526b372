import { access, router } from "../trpc/init.ts";
import { membershipsInput, productInput, shelfInput } from "./input.ts";
import { getShelfItem, listShelf } from "./shelf.ts";

/** The catalogue with its prices, for everybody. It lives here because the catalogue itself knows no campaigns. */
export const shopRouter = router({
  products: router({
    list: access("public")
      .input(shelfInput)
      .query(async ({ ctx, input }) => ({
        items: listShelf(await ctx.providers.shopWindows.look(ctx), input, ctx.now()),
      })),
    get: access("public")
      .input(productInput)
      .query(async ({ ctx, input }) =>
        getShelfItem(await ctx.providers.shopWindows.look(ctx), input.id, input.currency, ctx.now()),
      ),
  }),
  memberships: router({
    list: access("public")
      .input(membershipsInput)
      .query(async ({ ctx, input }) => ({
        items: listShelf(await ctx.providers.shopWindows.look(ctx), { ...input, kind: "membership" }, ctx.now()),
      })),
  }),
});
