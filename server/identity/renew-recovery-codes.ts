import { eq } from "drizzle-orm";
import { recoveryCodes } from "../../drizzle/schema/identity.ts";
import type { Ctx } from "../kernel/ctx.ts";
import type { Tx } from "../kernel/db.ts";
import { identityErrors } from "./errors.ts";
import { RECOVERY_CODES, recoveryCode } from "./recovery-code.ts";
import { hasAny, readSecondFactors } from "./second-factors.ts";
import type { SecretBox } from "./secret-box.ts";
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

/** Replaces a user's recovery codes in the caller's transaction. */
export async function writeRecoveryCodes(tx: Tx, box: SecretBox, of: { userId: string; at: Date }): Promise<string[]> {
  const codes = Array.from({ length: RECOVERY_CODES }, recoveryCode);
  await tx.delete(recoveryCodes).where(eq(recoveryCodes.userId, of.userId));
  await tx
    .insert(recoveryCodes)
    .values(codes.map((code) => ({ codeHash: box.mark(code, of.userId), userId: of.userId, createdAt: of.at })));
  return codes;
}
