import { and, eq, inArray } from "drizzle-orm";
import { carts } from "../../drizzle/schema/checkout.ts";
import type { Tx } from "../kernel/db.ts";
import { hashToken, newId } from "../kernel/id.ts";
import { invariant } from "../kernel/invariant.ts";
import type { Currency } from "../kernel/money.ts";
import { replaceLines } from "./adopt-cart.ts";
import type { CartLine } from "./cart-lines.ts";
import { type Cart, linesOf } from "./find-cart.ts";

/** What tells one buyer's one-line cart for one product from every other: the same press twice finds the same cart. */
export function directCartSeed(
  who: string,
  what: { productId: string; variantId?: string | undefined; currency: Currency },
): string {
  return ["direct", who, what.productId, what.variantId ?? "", what.currency].join(":");
}

/**
 * The one-line cart of something bought straight from its card, locked. Made at the first press; pressed again it is the
 * same cart, and another quantity counts its version up. What was shown stays unless the caller knows better. A cart that
 * was made under an older secret of the shop is the same cart.
 */
export async function lockDirectCart(
  tx: Tx,
  tokens: readonly [string, ...string[]],
  cart: { customerId: string | null; currency: Currency },
  wanted: Omit<CartLine, "shownAmount"> & { readonly shownAmount: number | null; readonly currentAmount: number },
): Promise<Cart> {
  const accessTokenHash = await presentHash(tx, tokens);
  await tx
    .insert(carts)
    .values({
      id: newId("crt"),
      accessTokenHash,
      customerId: cart.customerId,
      currency: cart.currency,
      status: "open",
      direct: true,
      createdAt: tx.scope.now,
      updatedAt: tx.scope.now,
    })
    .onConflictDoNothing();
  const [row] = await tx
    .select()
    .from(carts)
    .where(and(eq(carts.accessTokenHash, accessTokenHash), eq(carts.status, "open")))
    .for("update");
  invariant(row, "a cart that was just made is there");
  const [known] = await linesOf(tx, row.id);
  const { productId, variantId, quantity } = wanted;
  const shownAmount = wanted.shownAmount ?? known?.shownAmount ?? wanted.currentAmount;
  return replaceLines(tx, row, [{ productId, variantId, quantity, shownAmount }]);
}

/** The hash by which the open cart is found already; else that of the first token. */
async function presentHash(tx: Tx, [first, ...older]: readonly [string, ...string[]]): Promise<string> {
  if (older.length > 0) {
    const [kept] = await tx
      .select({ hash: carts.accessTokenHash })
      .from(carts)
      .where(and(inArray(carts.accessTokenHash, older.map(hashToken)), eq(carts.status, "open")))
      .limit(1);
    if (kept) return kept.hash;
  }
  return hashToken(first);
}
