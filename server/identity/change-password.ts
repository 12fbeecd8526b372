import { and, eq, isNull } from "drizzle-orm";
import { accountTokens, users } from "../../drizzle/schema/identity.ts";
import type { Ctx } from "../kernel/ctx.ts";
import { dropEmailChanges } from "./drop-email-changes.ts";
import { identityErrors } from "./errors.ts";
import { hashPassword } from "./password-hash.ts";
import { passwordProblem } from "./password-rules.ts";
import { revokeAll } from "./revoke-session.ts";
import type { Session } from "./session.ts";

/**
 * Sets a new password for whoever has just proven who they are. Every other session of the account ends, in every process
 * at once, links for a new password that are under way are used up, and a change of the address that waits is off. Throws `identity.weak_password` (details.problem).
 */
export async function changePassword(ctx: Ctx, wish: { session: Session; password: string }): Promise<void> {
  const { session, password } = wish;
  const at = ctx.technical.now();
  const problem = passwordProblem(password, session.email);
  if (problem) throw identityErrors.weakPassword({ problem });
  const passwordHash = await hashPassword(password);
  await ctx.db.transaction(async (tx) => {
    await tx.update(users).set({ passwordHash }).where(eq(users.id, session.userId));
    await tx
      .update(accountTokens)
      .set({ usedAt: at })
      .where(
        and(
          eq(accountTokens.userId, session.userId),
          eq(accountTokens.purpose, "reset_password"),
          isNull(accountTokens.usedAt),
        ),
      );
    await dropEmailChanges(tx, { userId: session.userId, at });
    await revokeAll(tx, { userId: session.userId, except: session.id, at });
  });
}
