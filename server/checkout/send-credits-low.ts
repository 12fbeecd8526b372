import { eq } from "drizzle-orm";
import { customers } from "../../drizzle/schema/identity.ts";
import { readBalance } from "../credits/index.ts";
import type { Ctx } from "../kernel/ctx.ts";
import type { Tx } from "../kernel/db.ts";
import { type MailPorts, mailAtOnce } from "../messaging/index.ts";
import { findCreditSettings, lastPurchase } from "./read-credit-settings.ts";
import { lowThreshold } from "./top-up-rules.ts";

/**
 * Sends the mail that says that credits are running low, where their owner asked for one and they still are. At most one a
 * day for each threshold. Idempotent. Worker only.
 */
export async function sendCreditsLow(ctx: Ctx<MailPorts>, { customerId }: { customerId: string }): Promise<void> {
  const low = await ctx.db.transaction(async (tx) => {
    const settings = await findCreditSettings(tx, customerId);
    const { available } = await readBalance(tx, { customerId, apiKeyId: null });
    const below =
      settings && lowThreshold({ ...settings, lastPurchase: await lastPurchase(tx, customerId) }, available);
    return below === null ? null : { available, below, owner: await ownerOf(tx, customerId) };
  });
  if (!low?.owner) return;
  const { available, below, owner } = low;
  const creditsUrl = ctx.providers.links.absolute("/account/credits");
  const mail = await ctx.providers.templates.render("credits-low", owner.locale, { available, below, creditsUrl });
  const day = ctx.now().toISOString().slice(0, 10);
  await mailAtOnce(ctx, {
    ...{ mail, dedupeKey: `credits-low:${customerId}:${below}:${day}`, to: owner.email, link: null },
    ...{ customerId, userId: owner.userId, cause: "credits are running low" },
  });
}

/**
 * Sends the mail that says why no credits were bought by themselves, and what to do: once for each time that it stopped, or
 * for each day on which a cap was reached. Idempotent. Worker only.
 */
export async function sendTopUpFailed(
  ctx: Ctx<MailPorts>,
  { customerId, cap }: { customerId: string; cap?: "daily_cap" | "monthly_cap" | undefined },
): Promise<void> {
  const facts = await ctx.db.transaction(async (tx) => ({
    settings: await findCreditSettings(tx, customerId),
    owner: await ownerOf(tx, customerId),
  }));
  const { settings, owner } = facts;
  const reason = cap ?? settings?.stoppedReason;
  if (!owner || !reason) return;
  const settingsUrl = ctx.providers.links.absolute("/account/credits/settings");
  const mail = await ctx.providers.templates.render("top-up-failed", owner.locale, { reason, settingsUrl });
  const since = (cap ? ctx.now() : (settings?.stoppedAt ?? ctx.now())).toISOString();
  const dedupeKey = `top-up-failed:${customerId}:${reason}:${cap ? since.slice(0, 10) : since}`;
  await mailAtOnce(ctx, {
    ...{ mail, dedupeKey, to: owner.email, link: null },
    ...{ customerId, userId: owner.userId, cause: "credits could not be topped up" },
  });
}

async function ownerOf(tx: Tx, customerId: string) {
  const [owner] = await tx.select().from(customers).where(eq(customers.id, customerId));
  return owner ?? null;
}
