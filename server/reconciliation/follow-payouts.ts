import type { Ctx } from "../kernel/ctx.ts";
import { type PayoutFacts, type TakenPayout, takePayout } from "../payments/index.ts";
import type { Providers } from "../ports.ts";
import { compareObject } from "./compare-object.ts";
import { markCompared } from "./open-objects.ts";

/**
 * What goes to the shop's bank, as the provider lists it: nothing else tells us of it. One that is new, or has come further, is
 * taken in and is no drift; one that our row tells otherwise of is compared by itself, which writes the drift down and heals it.
 * What was listed need not be asked for one by one on that day. Idempotent. Answers how much of it was news.
 */
export async function followPayouts(ctx: Ctx<Providers>, listed: readonly PayoutFacts[]): Promise<number> {
  const object = ({ externalId }: PayoutFacts) =>
    ({ kind: "payout", object: externalId, subject: externalId }) as const;
  const taken = await ctx.db.transaction(async (tx) => {
    const all: [PayoutFacts, TakenPayout][] = [];
    for (const facts of listed) {
      const what = await takePayout(tx, facts);
      if (what === "new" || what === "same" || what === "followed") await markCompared(tx, object(facts));
      all.push([facts, what]);
    }
    return all;
  });
  for (const [facts, what] of taken) if (what === "otherwise") await compareObject(ctx, object(facts));
  return taken.filter(([, what]) => what !== "same" && what !== "foreign").length;
}
