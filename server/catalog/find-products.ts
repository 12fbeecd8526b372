import { and, desc, sql } from "drizzle-orm";
import { PRODUCT_WORDS, products } from "../../drizzle/schema/catalog.ts";
import type { Tx } from "../kernel/db.ts";
import { searchWords } from "./search-words.ts";

/** More than this many are no answer to a search. */
const MOST = 500;

/**
 * The products on sale that have every word of `text` in their texts, in either language, as it stands, inflected or as
 * the beginning of a longer one; the name weighs most. The best first; null when `text` holds no word. Reads an index.
 */
export async function findProducts(tx: Tx, text: string): Promise<string[] | null> {
  const words = searchWords(text);
  if (words.length === 0) return null;
  const each = words.map(
    (word) =>
      sql`(to_tsquery('simple', ${`${word}:*`}) || plainto_tsquery('swedish', ${word}) || plainto_tsquery('english', ${word}))`,
  );
  const query = sql`(${sql.join(each, sql` && `)})`;
  const rows = await tx
    .select({ id: products.id })
    .from(products)
    .where(and(products.active, sql`${PRODUCT_WORDS} @@ ${query}`))
    .orderBy(desc(sql`ts_rank(${PRODUCT_WORDS}, ${query})`), products.id)
    .limit(MOST);
  return rows.map(({ id }) => id);
}
