import { and, asc, eq } from "drizzle-orm";
import { cartLines, carts } from "../../drizzle/schema/checkout.ts";
import type { Tx } from "../kernel/db.ts";
import { hashToken } from "../kernel/id.ts";
import { writtenOnce } from "../kernel/written-once.ts";
import type { Buyer } from "./buyer.ts";
import type { CartLine } from "./cart-lines.ts";

export type Cart = typeof carts.$inferSelect;
export type Carts = { readonly browser: Cart | null; readonly account: Cart | null };

/**
 * The open carts of a buyer: the browser's and, signed in, the account's. A browser's cart that belongs to another
 * account (somebody else shopped here and signed out) is not theirs.
 */
export async function findCarts(tx: Tx, buyer: Buyer, options: { lock?: boolean } = {}): Promise<Carts> {
  const { ofToken, ofCustomer } = options.lock ? LOCKED : LOOKED_AT;
  const { cartToken, customerId } = buyer;
  const [held = null] = cartToken ? await ofToken(tx, { of: hashToken(cartToken) }) : [];
  const browser = held && (held.customerId === null || held.customerId === customerId) ? held : null;
  const [own = null] = customerId ? await ofCustomer(tx, { of: customerId }) : [];
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
  return linesIn(tx, { cartId });
}

const linesIn = writtenOnce(["cartId"], (tx, { cartId }) =>
  tx
    .select({
      variantId: cartLines.variantId,
      productId: cartLines.productId,
      quantity: cartLines.quantity,
      shownAmount: cartLines.shownAmount,
    })
    .from(cartLines)
    .where(eq(cartLines.cartId, cartId))
    .orderBy(asc(cartLines.position)),
);

/** The open cart by its token or its owner; every page counts what lies in it. */
function openCart(by: "accessTokenHash" | "customerId", lock: boolean) {
  return writtenOnce(["of"], (tx, { of }) => {
    const query = tx
      .select()
      .from(carts)
      .where(and(eq(carts[by], of), eq(carts.status, "open"), eq(carts.direct, false)));
    return lock ? query.for("update") : query;
  });
}
const LOOKED_AT = { ofToken: openCart("accessTokenHash", false), ofCustomer: openCart("customerId", false) };
const LOCKED = { ofToken: openCart("accessTokenHash", true), ofCustomer: openCart("customerId", true) };
