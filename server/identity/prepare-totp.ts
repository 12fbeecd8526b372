import { randomBytes } from "node:crypto";
import { and, eq, isNull } from "drizzle-orm";
import { totpFactors } from "../../drizzle/schema/identity.ts";
import type { Ctx } from "../kernel/ctx.ts";
import type { SecretBox } from "../kernel/secret-box.ts";
import { identityErrors } from "./errors.ts";
import type { Session } from "./session.ts";
import { totpEnrollment } from "./totp-code.ts";

export type PreparedTotp = { readonly uri: string; readonly letters: string };
type TotpCtx = Ctx<{ secretBox: SecretBox }>;

/**
 * Makes the secret that an authenticator app is to take up. It protects nothing until a code has confirmed it; beginning
 * again keeps the one that may have been scanned already. Throws `identity.totp_on` where an app is confirmed.
 */
export async function prepareTotp(ctx: TotpCtx, { userId }: Session): Promise<void> {
  const secretSealed = ctx.providers.secretBox.seal(randomBytes(20), userId);
  await ctx.db.transaction(async (tx) => {
    await tx.insert(totpFactors).values({ userId, secretSealed, createdAt: ctx.technical.now() }).onConflictDoNothing();
    const [row] = await tx.select().from(totpFactors).where(eq(totpFactors.userId, userId));
    if (row?.confirmedAt) throw identityErrors.totpOn();
  });
}

/** What the app is to be told while it is not confirmed; null when nothing was begun or it is on. */
export async function readPreparedTotp(ctx: TotpCtx, { userId, email }: Session): Promise<PreparedTotp | null> {
  const [row] = await ctx.db.transaction((tx) =>
    tx
      .select({ secretSealed: totpFactors.secretSealed })
      .from(totpFactors)
      .where(and(eq(totpFactors.userId, userId), isNull(totpFactors.confirmedAt))),
  );
  if (!row) return null;
  const secret = ctx.providers.secretBox.open(row.secretSealed, userId);
  return totpEnrollment(secret, { account: email, issuer: "Kraftverk" });
}
