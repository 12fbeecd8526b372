import { and, eq, isNull } from "drizzle-orm";
import { totpFactors } from "../../drizzle/schema/identity.ts";
import type { Ctx } from "../kernel/ctx.ts";
import type { SecretBox } from "../kernel/secret-box.ts";
import { identityErrors } from "./errors.ts";
import { factorAdded } from "./factor-added.ts";
import type { RateLimits } from "./rate-limits.ts";
import type { Session } from "./session.ts";
import { stepOfCode } from "./totp-code.ts";

/**
 * Turns the authenticator app on with the first code it shows; that code cannot be used to sign in. Where it is the first
 * second factor, every other session ends and ten recovery codes come back, shown this once; else null.
 * Throws `identity.wrong_code`, `identity.totp_on`, `identity.too_many_attempts`.
 */
export async function confirmTotp(
  ctx: Ctx<{ secretBox: SecretBox; rateLimits: RateLimits }>,
  attempt: { session: Session; code: string },
): Promise<string[] | null> {
  const { userId } = attempt.session;
  const at = ctx.technical.now();
  await ctx.providers.rateLimits.consume("second_factor_account", userId);
  return ctx.db.transaction(async (tx) => {
    const [row] = await tx.select().from(totpFactors).where(eq(totpFactors.userId, userId)).for("update");
    if (row?.confirmedAt) throw identityErrors.totpOn();
    const step = row && stepOfCode(ctx.providers.secretBox.open(row.secretSealed, userId), attempt.code, at);
    if (!step) throw identityErrors.wrongCode();
    const codes = await factorAdded(tx, ctx.providers.secretBox, { session: attempt.session, at });
    await tx
      .update(totpFactors)
      .set({ confirmedAt: at, lastStep: step })
      .where(and(eq(totpFactors.userId, userId), isNull(totpFactors.confirmedAt)));
    return codes;
  });
}
