import { and, asc, eq } from "drizzle-orm";
import { cartLines, carts } from "../../drizzle/schema/checkout.ts";
import type { Tx } from "../kernel/db.ts";
import { hashToken } from "../kernel/id.ts";
import type { Buyer } from "./buyer.ts";
import type { CartLine } from "./cart-lines.ts";

export type Cart = typeof carts.$inferSelect;
export type Carts = { readonly browser: Cart | null; readonly account: Cart | null };

/**
 * The open carts of a buyer: the browser's and, signed in, the account's. A browser's cart that belongs to another
 * account (somebody else shopped here and signed out) is not theirs.
 */
export async function findCarts(tx: Tx, buyer: Buyer, options: { lock?: boolean } = {}): Promise<Carts> {
  const open = async (condition: ReturnType<typeof eq>) => {
    const query = tx
      .select()
      .from(carts)
      .where(and(condition, eq(carts.status, "open"), eq(carts.direct, false)));
    const [cart] = await (options.lock ? query.for("update") : query);
    return cart ?? null;
  };
  const held = buyer.cartToken ? await open(eq(carts.accessTokenHash, hashToken(buyer.cartToken))) : null;
  const browser = held && (held.customerId === null || held.customerId === buyer.customerId) ? held : null;
  const own = buyer.customerId ? await open(eq(carts.customerId, buyer.customerId)) : null;
  return { browser, account: own?.id === browser?.id ? null : own };
}

/** The token is in use by another account's cart: this browser needs a new one. */
export async function tokenIsTaken(tx: Tx, buyer: Buyer): Promise<boolean> {
  if (!buyer.cartToken) return false;
  const [cart] = await tx
    .select({ customerId: carts.customerId })
    .from(carts)
    .where(and(eq(carts.accessTokenHash, hashToken(buyer.cartToken)), eq(carts.status, "open")));
  return cart !== undefined && cart.customerId !== null && cart.customerId !== buyer.customerId;
}

export async function linesOf(tx: Tx, cartId: string): Promise<CartLine[]> {
  return tx
    .select({
      variantId: cartLines.variantId,
      productId: cartLines.productId,
      quantity: cartLines.quantity,
      shownAmount: cartLines.shownAmount,
    })
    .from(cartLines)
    .where(eq(cartLines.cartId, cartId))
    .orderBy(asc(cartLines.position));
}
