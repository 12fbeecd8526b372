import { desc, eq } from "drizzle-orm";
import { checkouts } from "../../drizzle/schema/checkout.ts";
import type { Tx } from "../kernel/db.ts";
import { checkoutErrors } from "./errors.ts";

export type Checkout = typeof checkouts.$inferSelect;

/** Throws `checkout.not_found`. `lock` holds it until the transaction ends. */
export async function findCheckout(tx: Tx, id: string, options: { lock?: boolean } = {}): Promise<Checkout> {
  const query = tx.select().from(checkouts).where(eq(checkouts.id, id));
  const [row] = await (options.lock ? query.for("update") : query);
  if (!row) throw checkoutErrors.notFound();
  return row;
}

/** Every attempt to pay a cart, the newest first. */
export async function attemptsOf(tx: Tx, cartId: string): Promise<Checkout[]> {
  return tx
    .select()
    .from(checkouts)
    .where(eq(checkouts.cartId, cartId))
    .orderBy(desc(checkouts.cartVersion), desc(checkouts.attempt));
}
