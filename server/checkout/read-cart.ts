import { and, desc, eq, gt } from "drizzle-orm";
import { checkouts } from "../../drizzle/schema/checkout.ts";
import { listMedia } from "../catalog/index.ts";
import { readStockLeft } from "../inventory/index.ts";
import { customerOf } from "../kernel/actor.ts";
import type { Ctx } from "../kernel/ctx.ts";
import type { Tx } from "../kernel/db.ts";
import type { Links } from "../kernel/links.ts";
import { resolvePrices } from "../pricing/index.ts";
import { linesTogether } from "./adopt-cart.ts";
import type { Buyer } from "./buyer.ts";
import { type CartView, cartView } from "./cart-view.ts";
import { type Cart, findCarts } from "./find-cart.ts";

/** The visitor's cart at the prices that hold now, with the payment page that is open for it. Only looks. */
export async function readCart(
  ctx: Ctx<{ links: Links }>,
  visitor: { cartToken: string | null; locale: "sv" | "en" },
): Promise<CartView> {
  const buyer: Buyer = { customerId: customerOf(ctx.actor), cartToken: visitor.cartToken };
  return ctx.db.transaction(
    async (tx) => {
      const carts = await findCarts(tx, buyer);
      const cart = carts.browser ?? carts.account;
      const currency = cart?.currency ?? "SEK";
      const lines = await linesTogether(tx, carts);
      const wanted = lines.map(({ productId, variantId }) => ({ productId, variantId, currency }));
      const prices = await resolvePrices(tx, wanted);
      const stock = lines.length === 0 ? new Map<string, number>() : await readStockLeft(tx);
      const media = await listMedia(
        tx,
        lines.map((line) => line.productId),
      );
      const openPage = cart && (await openPageOf(tx, cart, ctx.providers.links));
      return cartView({ version: cart?.version ?? 0, currency, lines, prices, openPage, stock, media }, visitor.locale);
    },
    { readOnly: true },
  );
}

/** How many things lie in the visitor's cart: the number at the header. */
export async function countCart(ctx: Ctx, visitor: { cartToken: string | null }): Promise<number> {
  const buyer: Buyer = { customerId: customerOf(ctx.actor), cartToken: visitor.cartToken };
  if (buyer.customerId === null && buyer.cartToken === null) return 0;
  const lines = await ctx.db.transaction(async (tx) => linesTogether(tx, await findCarts(tx, buyer)), {
    readOnly: true,
  });
  return lines.reduce((count, line) => count + line.quantity, 0);
}

async function openPageOf(tx: Tx, cart: Cart, links: Links): Promise<CartView["openPage"]> {
  const [open] = await tx
    .select({
      id: checkouts.id,
      url: checkouts.url,
      accessTokenHash: checkouts.accessTokenHash,
      accessTokenSealed: checkouts.accessTokenSealed,
    })
    .from(checkouts)
    .where(
      and(
        eq(checkouts.cartId, cart.id),
        eq(checkouts.cartVersion, cart.version),
        eq(checkouts.status, "open"),
        gt(checkouts.expiresAt, tx.scope.now),
      ),
    )
    .orderBy(desc(checkouts.attempt))
    .limit(1);
  return open?.url ? { ref: links.orderToken(open), url: open.url } : null;
}
