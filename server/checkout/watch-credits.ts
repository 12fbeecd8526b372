import { eq } from "drizzle-orm";
import { creditGrants } from "../../drizzle/schema/credits.ts";
import { readBalance, watchBalance } from "../credits/index.ts";
import type { Ctx } from "../kernel/ctx.ts";
import { emit } from "../kernel/event.ts";
import { findCreditSettings, lastPurchase } from "./read-credit-settings.ts";
import { watchedBalances } from "./top-up-rules.ts";

/**
 * Has a customer's credits watched at what they chose: their own thresholds, and the part of the last purchase. Follows a
 * change of the settings and each grant. Where the balance is below the top-up's threshold already (a grant may have gone
 * into a debt), that is told at once: it will not fall past it again.
 * Idempotent. Worker only.
 */
export async function watchCredits(
  ctx: Ctx,
  of: { readonly customerId?: string | undefined; readonly grantId?: string | undefined },
): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const [grant] = of.grantId ? await tx.select().from(creditGrants).where(eq(creditGrants.id, of.grantId)) : [];
    const customerId = of.customerId ?? grant?.customerId;
    const settings = customerId ? await findCreditSettings(tx, customerId) : null;
    if (!customerId || !settings) return;
    const below = watchedBalances({ ...settings, lastPurchase: await lastPurchase(tx, customerId) });
    await watchBalance(tx, { customerId, below });
    const { available } = await readBalance(tx, { customerId, apiKeyId: null });
    const wantsMore = settings.topUp && settings.topUpBelow !== null && available < settings.topUpBelow;
    if (wantsMore) await emit(tx, { name: "credits.balance_low", id: customerId });
  });
}
