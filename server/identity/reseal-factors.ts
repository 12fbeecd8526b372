import { and, asc, eq, gt, isNull, notLike, or } from "drizzle-orm";
import { recoveryCodes, totpFactors } from "../../drizzle/schema/identity.ts";
import type { Ctx } from "../kernel/ctx.ts";
import { RESEAL_BATCH, type Resealed, resealRows } from "../kernel/reseal-rows.ts";
import type { SecretBox } from "../kernel/secret-box.ts";
import { openCodeKey, sealCodeKey } from "./recovery-code.ts";

type SealedCtx = Ctx<{ secretBox: SecretBox }>;

/**
 * Seals anew what an older secret of the shop sealed of second factors, so that the older one can be dropped: the secrets
 * of authenticator apps, and the keys of recovery codes. Codes from before they had a key of their own get the one that
 * the oldest secret gave them. Idempotent; locks the rows of a batch. What no secret opens is told and left as it is.
 */
export async function resealFactors(ctx: SealedCtx): Promise<Resealed> {
  const apps = await resealApps(ctx);
  const codes = await resealCodes(ctx);
  return { sealed: apps.sealed + codes.sealed, lost: [...apps.lost, ...codes.lost] };
}

function resealApps(ctx: SealedCtx): Promise<Resealed> {
  const box = ctx.providers.secretBox;
  const { userId, secretSealed } = totpFactors;
  return resealRows(
    ctx,
    (tx, after) =>
      tx
        .select({ id: userId, secretSealed })
        .from(totpFactors)
        .where(and(gt(userId, after), notLike(secretSealed, `${box.present}%`)))
        .orderBy(asc(userId))
        .limit(RESEAL_BATCH)
        .for("update"),
    (tx, row) =>
      tx
        .update(totpFactors)
        .set({ secretSealed: box.seal(box.open(row.secretSealed, row.id), row.id) })
        .where(eq(userId, row.id)),
  );
}

function resealCodes(ctx: SealedCtx): Promise<Resealed> {
  const box = ctx.providers.secretBox;
  const { codeHash, userId, keySealed, usedAt } = recoveryCodes;
  const foreign = notLike(keySealed, `${box.present}%`);
  // Without an older secret, codes that have no key of their own are marked by the only one there is.
  const stale = box.rotating ? or(isNull(keySealed), foreign) : foreign;
  return resealRows(
    ctx,
    (tx, after) =>
      tx
        .select({ id: codeHash, userId, keySealed })
        .from(recoveryCodes)
        .where(and(gt(codeHash, after), isNull(usedAt), stale))
        .orderBy(asc(codeHash))
        .limit(RESEAL_BATCH)
        .for("update"),
    (tx, row) => {
      const key = row.keySealed === null ? box.oldestMarkingKey : openCodeKey(box, row.userId, row.keySealed);
      return tx
        .update(recoveryCodes)
        .set({ keySealed: sealCodeKey(box, row.userId, key) })
        .where(eq(codeHash, row.id));
    },
  );
}
