import { carts } from "../../drizzle/schema/checkout.ts";
import { customerOf, holding } from "../kernel/actor.ts";
import type { Ctx } from "../kernel/ctx.ts";
import type { Tx } from "../kernel/db.ts";
import { hashToken, newId, newToken } from "../kernel/id.ts";
import { invariant } from "../kernel/invariant.ts";
import type { Currency } from "../kernel/money.ts";
import { resolvePrices } from "../pricing/index.ts";
import { adoptCart, replaceLines } from "./adopt-cart.ts";
import type { Buyer } from "./buyer.ts";
import { addLine, type CartLine, MOST_LINES, setQuantity } from "./cart-lines.ts";
import { checkoutErrors } from "./errors.ts";
import { type Cart, linesOf, tokenIsTaken } from "./find-cart.ts";
import { variantForCart } from "./offered-variant.ts";

/** The token that the browser holds from now on; null when it keeps the one it has. */
export type CartChanged = { readonly newToken: string | null };

export type CartVisitor = { readonly cartToken: string | null };

/**
 * Puts goods into the visitor's cart, made at the first one, at the price that holds now. More of the same raises the
 * quantity. Locks the cart; each change counts its version up. Throws `checkout.not_for_sale`, `checkout.not_for_cart`
 * for a membership, `checkout.bad_quantity` for too many lines.
 */
export async function addToCart(
  ctx: Ctx,
  visitor: CartVisitor,
  wanted: { variantId: string; quantity: number; currency?: Currency | undefined },
): Promise<CartChanged> {
  return withCart(ctx, visitor, wanted.currency ?? "SEK", async (tx, cart) => {
    const offer = await variantForCart(tx, wanted.variantId, cart.currency);
    const [price] = await resolvePrices(tx, [
      { productId: offer.product.id, variantId: offer.variant.id, currency: cart.currency },
    ]);
    if (!price) throw checkoutErrors.notForSale({ variantId: wanted.variantId });
    const lines = addLine(await linesOf(tx, cart.id), {
      variantId: offer.variant.id,
      productId: offer.product.id,
      quantity: wanted.quantity,
      shownAmount: price.amount,
    });
    if (lines.length > MOST_LINES) throw checkoutErrors.badQuantity({ most: MOST_LINES });
    return lines;
  });
}

/** Sets how many of one thing are in the cart; 0 takes it out. Locks the cart. A thing that is not there stays away. */
export async function setCartQuantity(
  ctx: Ctx,
  visitor: CartVisitor,
  wanted: { variantId: string; quantity: number },
): Promise<CartChanged> {
  return withCart(ctx, visitor, "SEK", async (tx, cart) =>
    setQuantity(await linesOf(tx, cart.id), wanted.variantId, wanted.quantity),
  );
}

/** Empties the cart. Locks it. */
export async function clearCart(ctx: Ctx, visitor: CartVisitor): Promise<CartChanged> {
  return withCart(ctx, visitor, "SEK", async () => []);
}

async function withCart(
  ctx: Ctx,
  visitor: CartVisitor,
  currency: Currency,
  change: (tx: Tx, cart: Cart) => Promise<readonly CartLine[]>,
): Promise<CartChanged> {
  const customerId = customerOf(ctx.actor);
  const given: Buyer = { customerId, cartToken: visitor.cartToken };
  const taken = await ctx.db.transaction((tx) => tokenIsTaken(tx, given), { readOnly: true });
  const token = visitor.cartToken === null || taken ? newToken() : visitor.cartToken;
  const buyer: Buyer = { customerId, cartToken: token };
  await ctx.db.transaction(
    async (tx) => {
      const cart = (await adoptCart(tx, buyer)) ?? (await makeCart(tx, buyer, token, currency));
      await replaceLines(tx, cart, await change(tx, cart));
    },
    { as: holding(ctx.actor, token) },
  );
  return { newToken: token === visitor.cartToken ? null : token };
}

async function makeCart(tx: Tx, buyer: Buyer, token: string, currency: Currency): Promise<Cart> {
  await tx
    .insert(carts)
    .values({
      id: newId("crt"),
      accessTokenHash: hashToken(token),
      customerId: buyer.customerId,
      currency,
      status: "open",
      createdAt: tx.scope.now,
      updatedAt: tx.scope.now,
    })
    .onConflictDoNothing();
  // Another request of the same browser or account may have made it at the same moment; whoever was first, this locks it.
  const cart = await adoptCart(tx, buyer);
  invariant(cart, "a cart that was just made is there");
  return cart;
}
