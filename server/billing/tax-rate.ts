import { eq } from "drizzle-orm";
import { products } from "../../drizzle/schema/catalog.ts";
import type { Tx } from "../kernel/db.ts";

/** The tax inside a product's price, in basis points. */
export async function taxRateOf(tx: Tx, productId: string): Promise<number> {
  const [product] = await tx.select({ rate: products.taxRateBps }).from(products).where(eq(products.id, productId));
  return product?.rate ?? 0;
}
