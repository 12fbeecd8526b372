import type { Ctx } from "../kernel/ctx.ts";
import { emit } from "../kernel/event.ts";
import type { SubscriptionGateway } from "../subscriptions/index.ts";
import { findWithdrawal } from "./find-withdrawal.ts";
import { takenMemberships } from "./taken-memberships.ts";

const ENDED: readonly string[] = ["canceled", "incomplete_expired"];

/**
 * Ends the memberships that a withdrawal takes back in time, at the provider, at once: nothing more is charged, and from
 * then on the withdrawal cannot be refused. One that came too late goes on. Then each is looked at
 * (`withdrawal.membership_ended`). Idempotent; a timeout is simply tried again, for ending twice ends once. Worker only.
 * Throws ProviderError, `withdrawals.not_found`.
 */
export async function endMemberships(
  ctx: Ctx<{ subscriptions: SubscriptionGateway }>,
  { withdrawalId }: { withdrawalId: string },
): Promise<void> {
  const taken = await ctx.db.transaction(async (tx) => {
    const { withdrawal, lineIds } = await findWithdrawal(tx, withdrawalId);
    return withdrawal.status === "refused" ? [] : takenMemberships(tx, withdrawal, lineIds);
  });
  for (const { id, externalId } of taken.filter(({ status }) => !ENDED.includes(status))) {
    await ctx.providers.subscriptions.endNow(externalId);
    await ctx.db.transaction((tx) => emit(tx, { name: "withdrawal.membership_ended", id }));
  }
}
