import { and, eq, isNotNull, isNull, lt, or } from "drizzle-orm";
import { recoveryCodes, totpFactors } from "../../drizzle/schema/identity.ts";
import type { Tx } from "../kernel/db.ts";
import { readRecoveryCode } from "./recovery-code.ts";
import type { SecretBox } from "./secret-box.ts";
import { stepOfCode } from "./totp-code.ts";

/**
 * Whether this is a code of the account's: its app's present one, or one of its recovery codes. Each counts once: of two
 * at once one wins, by the row's lock, and a code that was read over a shoulder is worth nothing afterwards.
 */
export async function acceptCode(
  tx: Tx,
  box: SecretBox,
  attempt: { userId: string; code: string; at: Date },
): Promise<boolean> {
  const { userId, code, at } = attempt;
  const recovery = readRecoveryCode(code);
  if (recovery) {
    const used = await tx
      .update(recoveryCodes)
      .set({ usedAt: at })
      .where(
        and(
          eq(recoveryCodes.codeHash, box.mark(recovery, userId)),
          eq(recoveryCodes.userId, userId),
          isNull(recoveryCodes.usedAt),
        ),
      )
      .returning({ userId: recoveryCodes.userId });
    return used.length > 0;
  }
  const [factor] = await tx
    .select()
    .from(totpFactors)
    .where(and(eq(totpFactors.userId, userId), isNotNull(totpFactors.confirmedAt)));
  const step = factor ? stepOfCode(box.open(factor.secretSealed, userId), code, at) : null;
  if (step === null) return false;
  const accepted = await tx
    .update(totpFactors)
    .set({ lastStep: step })
    .where(and(eq(totpFactors.userId, userId), or(isNull(totpFactors.lastStep), lt(totpFactors.lastStep, step))))
    .returning({ userId: totpFactors.userId });
  return accepted.length > 0;
}
