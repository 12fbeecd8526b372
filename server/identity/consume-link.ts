import { and, eq, isNull } from "drizzle-orm";
import { accountTokens } from "../../drizzle/schema/identity.ts";
import type { Tx } from "../kernel/db.ts";
import type { LinkedAccount, LinkPurpose } from "./account-look-up.ts";
import { identityErrors } from "./errors.ts";

/**
 * Uses a mailed link up, and with it every other open link of the same account and purpose (a mail may have gone out
 * twice). Of two at once one wins, by the row's lock; the other gets `identity.link_invalid`.
 */
export async function consumeLink(
  tx: Tx,
  link: { account: LinkedAccount; purpose: LinkPurpose; at: Date },
): Promise<void> {
  const used = await tx
    .update(accountTokens)
    .set({ usedAt: link.at })
    .where(and(eq(accountTokens.tokenHash, link.account.tokenHash), isNull(accountTokens.usedAt)))
    .returning({ tokenHash: accountTokens.tokenHash });
  if (used.length === 0) throw identityErrors.linkInvalid();
  await tx
    .update(accountTokens)
    .set({ usedAt: link.at })
    .where(
      and(
        eq(accountTokens.userId, link.account.userId),
        eq(accountTokens.purpose, link.purpose),
        isNull(accountTokens.usedAt),
      ),
    );
}
