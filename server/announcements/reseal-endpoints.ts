import { and, asc, eq, gt, notLike, or } from "drizzle-orm";
import { announcementEndpoints } from "../../drizzle/schema/announcements.ts";
import type { Ctx } from "../kernel/ctx.ts";
import { RESEAL_BATCH, type Resealed, resealRows } from "../kernel/reseal-rows.ts";
import type { SecretBox } from "../kernel/secret-box.ts";
import { openSecret, sealSecret } from "./endpoint-secrets.ts";

/**
 * Seals anew the secrets and keys of receivers that an older secret of the shop sealed, so that the older one can be
 * dropped. They themselves stay the same: no receiver notices. Idempotent. What no secret opens is told and left as it is.
 */
export function resealEndpoints(ctx: Ctx<{ secretBox: SecretBox }>): Promise<Resealed> {
  const box = ctx.providers.secretBox;
  const { id, secret, previousSecret, accessKey } = announcementEndpoints;
  const present = `${box.present}%`;
  return resealRows(
    ctx,
    (tx, after) =>
      tx
        .select({ id, secret, previousSecret, accessKey })
        .from(announcementEndpoints)
        .where(
          and(
            gt(id, after),
            or(notLike(secret, present), notLike(previousSecret, present), notLike(accessKey, present)),
          ),
        )
        .orderBy(asc(id))
        .limit(RESEAL_BATCH)
        .for("update"),
    (tx, row) => {
      const anew = (sealed: string) => sealSecret(box, row.id, openSecret(box, row.id, sealed));
      return tx
        .update(announcementEndpoints)
        .set({
          secret: anew(row.secret),
          previousSecret: row.previousSecret && anew(row.previousSecret),
          accessKey: row.accessKey && anew(row.accessKey),
        })
        .where(eq(id, row.id));
    },
  );
}
