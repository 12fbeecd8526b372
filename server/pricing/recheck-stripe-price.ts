import { eq, inArray } from "drizzle-orm";
import { campaignPrices } from "../../drizzle/schema/pricing.ts";
import type { Ctx } from "../kernel/ctx.ts";
import type { Tx } from "../kernel/db.ts";
import { applyLook } from "../kernel/look.ts";
import { send } from "../kernel/send.ts";
import { noteVisible } from "./announcement-progress.ts";
import { campaignProductIds, lockCampaign } from "./campaign-rows.ts";
import type { PriceSource, SourcePrice } from "./price-source.ts";
import { recordPriceChange } from "./record-price-change.ts";
import { alertAboutCampaign } from "./review-campaign.ts";
import { sourceProblem } from "./source-problem.ts";

type PriceRow = typeof campaignPrices.$inferSelect;
type Also = (tx: Tx, effect: string) => Promise<void>;

/**
 * Asks Stripe what a price is now and makes the campaigns that name it follow: from then on it is used, or the default
 * price is, and staff are told why. Convergent: however often and by whomever it is called, the newest answer stands.
 * Holds the campaigns' locks while it writes; keeps the price history. Told of by an event (`also`, with the event's place),
 * a price that is as we have it is noted as looked at and nothing else: most events about prices change nothing that is
 * charged. Throws ProviderError when Stripe cannot say, and leaves everything as it is then.
 */
export async function recheckStripePrice(
  ctx: Ctx<{ prices: PriceSource }>,
  input: { readonly stripePriceId: string; readonly asked?: number | undefined },
  also?: Also,
): Promise<void> {
  const { stripePriceId, asked } = input;
  const subject = `price:${stripePriceId}`;
  const noted = async (tx: Tx, effect: string) => also?.(tx, effect);
  // Beside the look's place: neither waits for the other. Of prices of others Stripe is not asked, and nothing is kept.
  const ours = ctx.db.transaction((tx) => isOurs(tx, stripePriceId), { readOnly: true });
  ours.catch(() => {});
  await applyLook(ctx, {
    asked,
    expected: [subject],
    look: async () => ((await ours) ? { found: await ctx.providers.prices.findPrice(stripePriceId) } : null),
    subjects: (seen) => (seen ? [subject] : []),
    apply: async (tx, seen) => {
      if (!seen) return noted(tx, "No campaign uses this price.");
      const askedAt = ctx.technical.now();
      const asBefore = also ? await noteUnchanged(tx, stripePriceId, seen.found, askedAt) : null;
      await noted(tx, asBefore ?? (await applyPrice(tx, stripePriceId, seen.found, askedAt)));
    },
    superseded: (tx) => noted(tx, "A newer look at this price had been applied already."),
  });
}

/** The job of one campaign price; nothing happens when the price was replaced in the meantime. */
export async function checkCampaignPrice(
  ctx: Ctx<{ prices: PriceSource }>,
  input: { campaignPriceId: string },
): Promise<void> {
  const row = await ctx.db.transaction(async (tx) => {
    const [found] = await tx.select().from(campaignPrices).where(eq(campaignPrices.id, input.campaignPriceId));
    return found;
  });
  if (row) await recheckStripePrice(ctx, { stripePriceId: row.stripePriceId });
}

async function isOurs(tx: Tx, stripePriceId: string): Promise<boolean> {
  const rows = await tx
    .select({ id: campaignPrices.id })
    .from(campaignPrices)
    .where(eq(campaignPrices.stripePriceId, stripePriceId))
    .limit(1);
  return rows.length > 0;
}

/** Notes that a price was looked at when all that use it have it as it is; null when anything has to follow. */
async function noteUnchanged(
  tx: Tx,
  stripePriceId: string,
  found: SourcePrice | null,
  askedAt: Date,
): Promise<string | null> {
  const rows = await tx.select().from(campaignPrices).where(eq(campaignPrices.stripePriceId, stripePriceId));
  if (rows.length === 0 || !rows.every((row) => isAsFound(row, found))) return null;
  const ids = rows.map((row) => row.id);
  send(tx, tx.update(campaignPrices).set({ checkedAt: askedAt }).where(inArray(campaignPrices.id, ids)));
  return `The price ${stripePriceId} is as it was; no campaign had to follow.`;
}

function isAsFound(row: PriceRow, found: SourcePrice | null): boolean {
  const problem = sourceProblem(found, row);
  const same =
    found === null ||
    (row.amount === found.amount &&
      row.currency === found.currency &&
      row.interval === found.interval &&
      row.intervalCount === found.intervalCount);
  return same && row.problem === problem && row.state === (problem === null ? "usable" : "unusable");
}

async function applyPrice(tx: Tx, stripePriceId: string, found: SourcePrice | null, askedAt: Date): Promise<string> {
  const mine = eq(campaignPrices.stripePriceId, stripePriceId);
  const touched = await tx.selectDistinct({ campaignId: campaignPrices.campaignId }).from(campaignPrices).where(mine);
  const campaignIds = touched.map((row) => row.campaignId).toSorted();
  for (const campaignId of campaignIds) await lockCampaign(tx, campaignId);
  const productIds = new Set<string>();
  for (const campaignId of campaignIds)
    for (const productId of await campaignProductIds(tx, campaignId)) productIds.add(productId);
  await recordPriceChange(tx, [...productIds], async () => {
    for (const row of await tx.select().from(campaignPrices).where(mine)) await writePrice(tx, row, found, askedAt);
  });
  for (const campaignId of campaignIds) {
    await alertAboutCampaign(tx, campaignId);
    await noteVisible(tx, campaignId);
  }
  const state = found === null ? "is gone" : found.active ? "is on sale" : "is archived";
  return `The price ${stripePriceId} ${state}; ${campaignIds.length === 1 ? "one campaign follows" : `${campaignIds.length} campaigns follow`}.`;
}

async function writePrice(tx: Tx, row: PriceRow, found: SourcePrice | null, askedAt: Date): Promise<void> {
  const problem = sourceProblem(found, row);
  await tx
    .update(campaignPrices)
    .set({
      state: problem === null ? "usable" : "unusable",
      problem,
      // What a price was stays known when it is gone.
      ...(found && {
        amount: found.amount,
        currency: found.currency,
        interval: found.interval,
        intervalCount: found.intervalCount,
      }),
      checkedAt: askedAt,
    })
    .where(eq(campaignPrices.id, row.id));
}
