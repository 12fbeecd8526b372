import { and, eq } from "drizzle-orm";
import { announcementDeliveries, announcementEndpoints } from "../../drizzle/schema/announcements.ts";
import { resolveAlert } from "../kernel/alert.ts";
import { recordAct } from "../kernel/audit.ts";
import type { Ctx } from "../kernel/ctx.ts";
import type { Tx } from "../kernel/db.ts";
import { newId } from "../kernel/id.ts";
import { enqueue } from "../kernel/job.ts";
import type { SecretBox } from "../kernel/secret-box.ts";
import { publishedCampaignIds } from "../pricing/index.ts";
import { newSecret, sealSecret } from "./endpoint-secrets.ts";
import { announcementErrors } from "./errors.ts";
import { announceCampaignJob, deliverAnnouncementJob } from "./jobs.ts";
import type { AnnouncementSender } from "./sender.ts";

/** For how long the secret before signs too, in milliseconds of real time. */
const OVERLAP_MS = 24 * 3_600_000;

type Parts = { announcementSender: AnnouncementSender; secretBox: SecretBox };
export type AddEndpoint = { readonly name: string; readonly url: string; readonly accessKey?: string | undefined };

/**
 * Adds another installation that hears of our campaigns, those that are published already included. Answers the secret
 * that signs: it is shown this once and kept encrypted. The act is recorded. Throws `announcements.url_not_allowed`.
 */
export async function addEndpoint(ctx: Ctx<Parts>, input: AddEndpoint): Promise<{ id: string; secret: string }> {
  const { announcementSender, secretBox } = ctx.providers;
  if (!announcementSender.accepts(input.url)) throw announcementErrors.urlNotAllowed({ field: "url" });
  const id = newId("aep");
  const secret = newSecret();
  await ctx.db.transaction(async (tx) => {
    await tx.insert(announcementEndpoints).values({
      ...{ id, name: input.name, url: input.url },
      secret: sealSecret(secretBox, id, secret),
      accessKey: input.accessKey ? sealSecret(secretBox, id, input.accessKey) : null,
      createdAt: tx.scope.now,
    });
    for (const campaignId of await publishedCampaignIds(tx)) await enqueue(tx, announceCampaignJob, { campaignId });
    await recordAct(tx, { action: "announcements.add_endpoint", subject: id, reason: null });
  });
  return { id, secret };
}

/**
 * Gives a receiver a new secret. The one before signs too for 24 hours, so that the other side can change at leisure.
 * Answers the new one, shown this once. The act is recorded. Throws `announcements.endpoint_not_found`.
 */
export async function rotateSecret(ctx: Ctx<Parts>, input: { readonly id: string }): Promise<{ secret: string }> {
  const secret = newSecret();
  await ctx.db.transaction(async (tx) => {
    const endpoint = await lockEndpoint(tx, input.id);
    await tx
      .update(announcementEndpoints)
      .set({
        secret: sealSecret(ctx.providers.secretBox, input.id, secret),
        previousSecret: endpoint.secret,
        previousSecretUntil: new Date(ctx.technical.now().getTime() + OVERLAP_MS),
      })
      .where(eq(announcementEndpoints.id, input.id));
    await recordAct(tx, { action: "announcements.rotate_secret", subject: input.id, reason: null });
  });
  return { secret };
}

/**
 * Switches a receiver off or on again. On: what waited is sent now, and what was said meanwhile is said. Idempotent; the
 * act is recorded. Throws `announcements.endpoint_not_found`.
 */
export async function setEndpoint(ctx: Ctx, input: { readonly id: string; readonly enabled: boolean }): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const endpoint = await lockEndpoint(tx, input.id);
    if ((endpoint.disabledAt === null) === input.enabled) return;
    const { now } = tx.scope;
    const state = input.enabled
      ? { disabledAt: null, disabledBy: null, consecutiveFailures: 0 }
      : { disabledAt: now, disabledBy: "staff" as const };
    await tx.update(announcementEndpoints).set(state).where(eq(announcementEndpoints.id, input.id));
    if (input.enabled) {
      const mine = and(eq(announcementDeliveries.endpointId, input.id), eq(announcementDeliveries.state, "pending"));
      const waiting = await tx.update(announcementDeliveries).set({ nextAttemptAt: null }).where(mine).returning();
      for (const delivery of waiting) await enqueue(tx, deliverAnnouncementJob, { deliveryId: delivery.id });
      for (const campaignId of await publishedCampaignIds(tx)) await enqueue(tx, announceCampaignJob, { campaignId });
      await resolveAlert(tx, { kind: "announcements.endpoint_off", subject: input.id });
    }
    const action = input.enabled ? "announcements.enable_endpoint" : "announcements.disable_endpoint";
    await recordAct(tx, { action, subject: input.id, reason: null });
  });
}

/**
 * Sends a delivery again, whatever became of it: the other side applies the same message once. Its tries count anew. The
 * act is recorded. Throws `announcements.delivery_not_found`.
 */
export async function redeliver(ctx: Ctx, input: { readonly id: string }): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const again = { state: "pending", attempts: 0, nextAttemptAt: null } as const;
    const [found] = await tx
      .update(announcementDeliveries)
      .set(again)
      .where(eq(announcementDeliveries.id, input.id))
      .returning({ id: announcementDeliveries.id });
    if (!found) throw announcementErrors.deliveryNotFound({ id: input.id });
    await enqueue(tx, deliverAnnouncementJob, { deliveryId: found.id });
    await resolveAlert(tx, { kind: "announcements.given_up", subject: found.id });
    await recordAct(tx, { action: "announcements.redeliver", subject: found.id, reason: null });
  });
}

async function lockEndpoint(tx: Tx, id: string) {
  const [endpoint] = await tx
    .select()
    .from(announcementEndpoints)
    .where(eq(announcementEndpoints.id, id))
    .for("update");
  if (!endpoint) throw announcementErrors.endpointNotFound({ id });
  return endpoint;
}
