import { eq } from "drizzle-orm";
import { payouts } from "../../drizzle/schema/payouts.ts";
import type { Ctx } from "../kernel/ctx.ts";
import { applyLook } from "../kernel/look.ts";
import type { PayoutFacts, PayoutGateway } from "./payout-gateway.ts";
import { providerCurrency } from "./provider-currency.ts";
import { writePayout } from "./record-payout.ts";

/**
 * Brings one payout to what the provider holds, whatever our row says. Idempotent in any order, any number of times, at once
 * (`applyLook`). One that the provider does not know is left as it is. Throws ProviderError when the provider cannot be asked.
 */
export async function convergePayout(
  ctx: Ctx<{ payouts: PayoutGateway }>,
  { externalId }: { externalId: string },
): Promise<void> {
  await applyLook<PayoutFacts | null, void>(ctx, {
    look: () => ctx.providers.payouts.findPayout(externalId),
    subjects: () => [`payout:${externalId}`],
    async apply(tx, facts) {
      if (!facts) return;
      const [known] = await tx
        .select({ id: payouts.id, status: payouts.status })
        .from(payouts)
        .where(eq(payouts.externalId, externalId))
        .for("update");
      await writePayout(tx, { ...facts, currency: providerCurrency(facts.currency) }, known);
    },
    superseded: async () => {},
  });
}
