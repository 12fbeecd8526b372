import { trialNoticeDays } from "../pricing/index.ts";
import type { SubscriptionFacts } from "./gateway.ts";

const DAY = 86_400_000;

/** When a member is told by mail that the trial ends and what is charged then; null: there is no trial to speak of. */
export function trialNoticeAt({
  status,
  startedAt,
  trialEndAt,
}: Pick<SubscriptionFacts, "status" | "startedAt" | "trialEndAt">): Date | null {
  if (status !== "trialing" || trialEndAt === null) return null;
  const days = startedAt === null ? 0 : Math.round((trialEndAt.getTime() - startedAt.getTime()) / DAY);
  return new Date(trialEndAt.getTime() - trialNoticeDays(days) * DAY);
}
