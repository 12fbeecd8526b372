import type { Ctx } from "../kernel/ctx.ts";
import { type PayoutFacts, takePayouts } from "../payments/index.ts";
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
  if (listed.length === 0) return 0;
  const taken = await ctx.db.transaction(async (tx) => {
    const became = await takePayouts(tx, listed);
    const all = listed.map((facts, at) => ({ facts, what: became[at] }));
    for (const { facts, what } of all)
      if (what === "new" || what === "same" || what === "followed") await markCompared(tx, object(facts));
    return all;
  });
  for (const { facts, what } of taken) if (what === "otherwise") await compareObject(ctx, object(facts));
  return taken.filter(({ what }) => what !== "same" && what !== "foreign").length;
}
