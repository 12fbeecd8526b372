import { access, router } from "../trpc/init.ts";
import { membershipsInput, productInput, shelfInput } from "./input.ts";
import { getShelfItem, listShelf } from "./shelf.ts";

/** The catalogue with its prices, for everybody. It lives here because the catalogue itself knows no campaigns. */
export const shopRouter = router({
  products: router({
    list: access("public")
      .input(shelfInput)
      .query(async ({ ctx, input }) => ({
        items: await ctx.db.transaction((tx) => listShelf(tx, input), { readOnly: true }),
      })),
    get: access("public")
      .input(productInput)
      .query(({ ctx, input }) =>
        ctx.db.transaction((tx) => getShelfItem(tx, input.id, input.currency), { readOnly: true }),
      ),
  }),
  memberships: router({
    list: access("public")
      .input(membershipsInput)
      .query(async ({ ctx, input }) => ({
        items: await ctx.db.transaction((tx) => listShelf(tx, { ...input, kind: "membership" }), { readOnly: true }),
      })),
  }),
});
