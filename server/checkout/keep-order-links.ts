import { and, asc, eq, gt, isNull, notLike, or } from "drizzle-orm";
import { checkouts } from "../../drizzle/schema/checkout.ts";
import type { Ctx } from "../kernel/ctx.ts";
import type { Links } from "../kernel/links.ts";
import { RESEAL_BATCH, type Resealed, resealRows } from "../kernel/reseal-rows.ts";
import type { SecretBox } from "../kernel/secret-box.ts";

/**
 * While the shop's secret is rotated: keeps the bearer token of every purchase sealed under the new one, so that the mail
 * about an order of last year still has the link that its buyer knows when the old secret is gone. Does nothing where
 * there is one secret: tokens are derived from it then. Idempotent; locks the rows of a batch.
 */
export async function keepOrderLinks(ctx: Ctx<{ secretBox: SecretBox; links: Links }>): Promise<Resealed> {
  const { secretBox, links } = ctx.providers;
  if (!secretBox.rotating) return { sealed: 0, lost: [] };
  const { id, accessTokenHash, accessTokenSealed } = checkouts;
  return resealRows(
    ctx,
    (tx, after) =>
      tx
        .select({ id, accessTokenHash, accessTokenSealed })
        .from(checkouts)
        .where(and(gt(id, after), or(isNull(accessTokenSealed), notLike(accessTokenSealed, `${links.sealedBy}%`))))
        .orderBy(asc(id))
        .limit(RESEAL_BATCH)
        .for("update"),
    (tx, row) =>
      tx
        .update(checkouts)
        .set({ accessTokenSealed: links.sealOrderToken(row) })
        .where(eq(id, row.id)),
  );
}
