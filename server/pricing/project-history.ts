import { boundaries } from "./campaign-boundary.ts";
import type { PricePeriod } from "./lowest-price.ts";
import type { Candidate } from "./price-decision.ts";
import { historyChange, type Offered } from "./price-history.ts";

/**
 * The price history as it will have become by `at` if nothing changes but the calendar: what is recorded, and every start
 * and end to come. So a campaign that begins next week is measured by the days before it begins, not before today.
 */
export function projectHistory(
  recorded: readonly PricePeriod[],
  candidates: readonly Candidate[],
  span: { readonly now: Date; readonly at: Date },
  offeredAt: (at: Date) => Offered,
): PricePeriod[] {
  if (span.at <= span.now) return [...recorded];
  const open = recorded.find((period) => period.untilAt === null) ?? null;
  const instants = candidates
    .flatMap((candidate) => boundaries(candidate))
    .filter((at) => at > span.now && at <= span.at);
  const { closeOpenAt, added } = historyChange(open, instants, offeredAt);
  return [
    ...recorded.map((period) =>
      period === open && closeOpenAt !== null ? { ...period, untilAt: closeOpenAt } : period,
    ),
    ...added,
  ];
}
