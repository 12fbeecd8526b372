import type { AppLoadContext } from "@remix-run/node";
import { minorUnitsOf } from "../format/minor-units.ts";

type Caller = AppLoadContext["caller"];
type Waiting = { readonly id: string; readonly status: string };

/** What approving a withdrawal would pay back; `typed`: the lower sum that somebody wrote, `unreadable` where it is none. */
export type Approval = Awaited<ReturnType<Caller["withdrawals"]["preview"]>> & {
  readonly typed: string | null;
  readonly unreadable: boolean;
};

/**
 * For each withdrawal that waits for a decision what approving it pays back: all of it, or the lower sum that stands in the address
 * (`?withdrawal=wdr_…&sum=299,50`).
 */
export async function approvalsOf<One extends Waiting>(
  caller: Caller,
  withdrawals: readonly One[],
  search: URLSearchParams,
): Promise<(One & { readonly approval: Approval | null })[]> {
  return Promise.all(
    withdrawals.map(async (one) => {
      if (one.status !== "needs_review") return { ...one, approval: null };
      const typed = search.get("withdrawal") === one.id ? (search.get("sum") ?? "").trim() || null : null;
      const amount = typed === null ? null : minorUnitsOf(typed);
      const wish = amount ? { id: one.id, amount } : { id: one.id };
      const preview = await caller.withdrawals.preview(wish);
      return { ...one, approval: { ...preview, typed, unreadable: typed !== null && !amount } };
    }),
  );
}
