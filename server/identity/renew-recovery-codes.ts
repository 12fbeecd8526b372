import { randomBytes } from "node:crypto";
import { eq } from "drizzle-orm";
import { recoveryCodes } from "../../drizzle/schema/identity.ts";
import type { Ctx } from "../kernel/ctx.ts";
import type { Tx } from "../kernel/db.ts";
import { markWith, type SecretBox } from "../kernel/secret-box.ts";
import { identityErrors } from "./errors.ts";
import { RECOVERY_CODES, recoveryCode, sealCodeKey } from "./recovery-code.ts";
import { hasAny, readSecondFactors } from "./second-factors.ts";
import type { Session } from "./session.ts";

/**
 * Gives ten new recovery codes; the old ones stop working at once. They are shown this once: the database has only their
 * keyed hashes. Throws `identity.no_second_factor` when there is nothing they could stand in for.
 */
export async function renewRecoveryCodes(ctx: Ctx<{ secretBox: SecretBox }>, session: Session): Promise<string[]> {
  return ctx.db.transaction(async (tx) => {
    if (!hasAny(await readSecondFactors(tx, session.userId))) throw identityErrors.noSecondFactor();
    return writeRecoveryCodes(tx, ctx.providers.secretBox, { userId: session.userId, at: ctx.technical.now() });
  });
}

/**
 * Replaces a user's recovery codes in the caller's transaction. Their hashes are keyed by a key of their own, sealed: the
 * shop's secret can change while nobody but the user knows the codes.
 */
export async function writeRecoveryCodes(tx: Tx, box: SecretBox, of: { userId: string; at: Date }): Promise<string[]> {
  const { userId, at } = of;
  const codes = Array.from({ length: RECOVERY_CODES }, recoveryCode);
  const key = randomBytes(32);
  const keySealed = sealCodeKey(box, userId, key);
  await tx.delete(recoveryCodes).where(eq(recoveryCodes.userId, userId));
  await tx
    .insert(recoveryCodes)
    .values(codes.map((code) => ({ codeHash: markWith(key, code, userId), keySealed, userId, createdAt: at })));
  return codes;
}
