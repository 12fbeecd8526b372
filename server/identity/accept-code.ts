import { and, eq, inArray, isNotNull, isNull, lt, or } from "drizzle-orm";
import { recoveryCodes, totpFactors } from "../../drizzle/schema/identity.ts";
import type { Tx } from "../kernel/db.ts";
import type { SecretBox } from "../kernel/secret-box.ts";
import { codeHashes, readRecoveryCode } from "./recovery-code.ts";
import { stepOfCode } from "./totp-code.ts";

/**
 * Whether this is a code of the account's: its app's present one, or one of its recovery codes. Each counts once: of two
 * at once one wins, by the row's lock, and a code that was read over a shoulder is worth nothing afterwards. An app's
 * secret that an older secret of the shop sealed is sealed anew.
 */
export async function acceptCode(
  tx: Tx,
  box: SecretBox,
  attempt: { userId: string; code: string; at: Date },
): Promise<boolean> {
  const { userId, code, at } = attempt;
  const recovery = readRecoveryCode(code);
  if (recovery) {
    const ofUser = and(eq(recoveryCodes.userId, userId), isNull(recoveryCodes.usedAt));
    const left = await tx.select({ keySealed: recoveryCodes.keySealed }).from(recoveryCodes).where(ofUser);
    const hashes = codeHashes(
      box,
      { userId, code: recovery },
      left.map(({ keySealed }) => keySealed),
    );
    const used = await tx
      .update(recoveryCodes)
      .set({ usedAt: at })
      .where(and(ofUser, inArray(recoveryCodes.codeHash, hashes)))
      .returning({ userId: recoveryCodes.userId });
    return used.length > 0;
  }
  const [factor] = await tx
    .select()
    .from(totpFactors)
    .where(and(eq(totpFactors.userId, userId), isNotNull(totpFactors.confirmedAt)));
  if (!factor) return false;
  const secret = box.open(factor.secretSealed, userId);
  const step = stepOfCode(secret, code, at);
  if (step === null) return false;
  const { present } = box;
  const secretSealed = factor.secretSealed.startsWith(present) ? factor.secretSealed : box.seal(secret, userId);
  const accepted = await tx
    .update(totpFactors)
    .set({ lastStep: step, secretSealed })
    .where(and(eq(totpFactors.userId, userId), or(isNull(totpFactors.lastStep), lt(totpFactors.lastStep, step))))
    .returning({ userId: totpFactors.userId });
  return accepted.length > 0;
}
