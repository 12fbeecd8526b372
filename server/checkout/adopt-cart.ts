import { eq } from "drizzle-orm";
import { cartLines, carts } from "../../drizzle/schema/checkout.ts";
import type { Tx } from "../kernel/db.ts";
import type { Buyer } from "./buyer.ts";
import { type CartLine, mergeLines, sameLines } from "./cart-lines.ts";
import { type Cart, type Carts, findCarts, linesOf } from "./find-cart.ts";

/**
 * The cart that a buyer goes on with, locked: after signing in, the browser's cart becomes the account's and takes in
 * what the account had put aside elsewhere. Null when there is none. Idempotent.
 */
export async function adoptCart(tx: Tx, buyer: Buyer): Promise<Cart | null> {
  const { browser, account } = await findCarts(tx, buyer, { lock: true });
  if (!browser) return account;
  if (account) {
    await tx.update(carts).set({ status: "abandoned", updatedAt: tx.scope.now }).where(eq(carts.id, account.id));
  }
  if (buyer.customerId && browser.customerId === null) {
    await tx.update(carts).set({ customerId: buyer.customerId }).where(eq(carts.id, browser.id));
  }
  const adopted = { ...browser, customerId: buyer.customerId ?? browser.customerId };
  if (!account) return adopted;
  return replaceLines(tx, adopted, mergeLines(await linesOf(tx, browser.id), await linesOf(tx, account.id)));
}

/** What {@link adoptCart} would leave in the cart, without touching it: for pages that only look. */
export async function linesTogether(tx: Tx, { browser, account }: Carts): Promise<CartLine[]> {
  const own = browser ? await linesOf(tx, browser.id) : [];
  return account ? mergeLines(own, await linesOf(tx, account.id)) : own;
}

/** Writes a locked cart's lines and counts the change; nothing is written or counted when they are the same. */
export async function replaceLines(tx: Tx, cart: Cart, lines: readonly CartLine[]): Promise<Cart> {
  if (sameLines(await linesOf(tx, cart.id), lines)) return cart;
  await tx.delete(cartLines).where(eq(cartLines.cartId, cart.id));
  if (lines.length > 0) {
    await tx.insert(cartLines).values(lines.map((line, position) => ({ ...line, cartId: cart.id, position })));
  }
  const changed = { version: cart.version + 1, updatedAt: tx.scope.now };
  await tx.update(carts).set(changed).where(eq(carts.id, cart.id));
  return { ...cart, ...changed };
}
