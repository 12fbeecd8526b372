import { eq, sql } from "drizzle-orm";
import {
  announcementAttempts,
  announcementDeliveries,
  announcementEndpoints,
} from "../../drizzle/schema/announcements.ts";
import { raiseAlert } from "../kernel/alert.ts";
import type { Ctx } from "../kernel/ctx.ts";
import type { Tx } from "../kernel/db.ts";
import { enqueue } from "../kernel/job.ts";
import type { SecretBox } from "../kernel/secret-box.ts";
import { openSecret } from "./endpoint-secrets.ts";
import { deliverAnnouncementJob } from "./jobs.ts";
import { ATTEMPTS, retryDelay } from "./retry-delay.ts";
import type { AnnouncementSender, SendOutcome } from "./sender.ts";
import { signMessage } from "./sign-message.ts";

/** So many failures in a row, of whatever deliveries, switch a receiver off. */
const FAILURES_UNTIL_OFF = 10;

type Parts = { announcementSender: AnnouncementSender; secretBox: SecretBox };
type Waiting = {
  readonly delivery: typeof announcementDeliveries.$inferSelect;
  readonly endpoint: typeof announcementEndpoints.$inferSelect;
};

/**
 * Tries a delivery once, signed with the receiver's secret (and the one before, while it is rotated), outside any
 * transaction. A failure is tried again later and later, ten times in all; then it is given up with an alert. Ten
 * failures in a row switch the receiver off, with an alert. A worker that dies in between sends the message again: the
 * receiver applies it once by its id. Does nothing for a delivery that is not due or whose receiver is off.
 */
export async function deliverAnnouncement(ctx: Ctx<Parts>, input: { readonly deliveryId: string }): Promise<void> {
  const waiting = await ctx.db.transaction((tx) => findWaiting(tx, input.deliveryId));
  const now = ctx.technical.now();
  if (!waiting || waiting.endpoint.disabledAt !== null) return;
  const { delivery, endpoint } = waiting;
  if (delivery.nextAttemptAt !== null && delivery.nextAttemptAt.getTime() > now.getTime() + 500) return;
  const began = performance.now();
  const outcome = await ctx.providers.announcementSender.send({
    url: endpoint.url,
    headers: { "content-type": "application/json", ...headersFor(ctx.providers.secretBox, waiting, now) },
    body: delivery.body,
  });
  const milliseconds = Math.round(performance.now() - began);
  await ctx.db.transaction((tx) => record(tx, waiting, outcome, { milliseconds, at: ctx.technical.now() }));
  ctx.log.info({ delivery: delivery.id, endpoint: endpoint.id, ...outcome, milliseconds }, "campaign announced");
}

async function findWaiting(tx: Tx, id: string): Promise<Waiting | null> {
  const [row] = await tx
    .select({ delivery: announcementDeliveries, endpoint: announcementEndpoints })
    .from(announcementDeliveries)
    .innerJoin(announcementEndpoints, eq(announcementEndpoints.id, announcementDeliveries.endpointId))
    .where(eq(announcementDeliveries.id, id));
  return row?.delivery.state === "pending" ? row : null;
}

function headersFor(box: SecretBox, { delivery, endpoint }: Waiting, now: Date): Record<string, string> {
  const { previousSecret, previousSecretUntil } = endpoint;
  const overlapping = previousSecret !== null && previousSecretUntil !== null && previousSecretUntil > now;
  const secrets = [endpoint.secret, ...(overlapping ? [previousSecret] : [])];
  return {
    ...signMessage({
      id: delivery.id,
      body: delivery.body,
      secrets: secrets.map((sealed) => openSecret(box, endpoint.id, sealed)),
      at: now,
    }),
    ...(endpoint.accessKey === null
      ? {}
      : { authorization: `Bearer ${openSecret(box, endpoint.id, endpoint.accessKey)}` }),
  };
}

async function record(
  tx: Tx,
  { delivery, endpoint }: Waiting,
  outcome: SendOutcome,
  { milliseconds, at }: { milliseconds: number; at: Date },
): Promise<void> {
  // The receiver first, then its delivery: in the order in which staff switch one off and on.
  await tx
    .select({ id: announcementEndpoints.id })
    .from(announcementEndpoints)
    .where(eq(announcementEndpoints.id, endpoint.id))
    .for("update");
  const [current] = await tx
    .select()
    .from(announcementDeliveries)
    .where(eq(announcementDeliveries.id, delivery.id))
    .for("update");
  const problem = outcome.ok ? null : outcome.problem;
  await tx
    .insert(announcementAttempts)
    .values({ deliveryId: delivery.id, ok: outcome.ok, status: outcome.status, problem, milliseconds, at });
  if (current?.state !== "pending") return;
  const mine = eq(announcementDeliveries.id, delivery.id);
  const attempts = current.attempts + 1;
  if (outcome.ok) {
    const delivered = { state: "delivered", attempts, nextAttemptAt: null, deliveredAt: at } as const;
    await tx.update(announcementDeliveries).set(delivered).where(mine);
    await tx
      .update(announcementEndpoints)
      .set({ consecutiveFailures: 0 })
      .where(eq(announcementEndpoints.id, endpoint.id));
    return;
  }
  if (attempts >= ATTEMPTS) {
    await tx.update(announcementDeliveries).set({ state: "given_up", attempts, nextAttemptAt: null }).where(mine);
    const detail = `An announcement to ${endpoint.name} was given up after ${attempts} tries (${problem}). Look at the receiver and send it again.`;
    await raiseAlert(tx, { kind: "announcements.given_up", subject: delivery.id, detail });
  } else {
    const nextAttemptAt = new Date(at.getTime() + retryDelay(attempts, Math.random()));
    await tx.update(announcementDeliveries).set({ attempts, nextAttemptAt }).where(mine);
    await enqueue(tx, deliverAnnouncementJob, { deliveryId: delivery.id }, { runAt: nextAttemptAt });
  }
  await countFailure(tx, endpoint, at);
}

async function countFailure(tx: Tx, endpoint: Waiting["endpoint"], at: Date): Promise<void> {
  const one = eq(announcementEndpoints.id, endpoint.id);
  const [counted] = await tx
    .update(announcementEndpoints)
    .set({ consecutiveFailures: sql`${announcementEndpoints.consecutiveFailures} + 1` })
    .where(one)
    .returning({ failures: announcementEndpoints.consecutiveFailures, disabledAt: announcementEndpoints.disabledAt });
  if (!counted || counted.failures < FAILURES_UNTIL_OFF || counted.disabledAt !== null) return;
  await tx.update(announcementEndpoints).set({ disabledAt: at, disabledBy: "failures" }).where(one);
  const detail = `${endpoint.name} was switched off after ${counted.failures} failures in a row. Mend it and switch it on: what waits is sent then.`;
  await raiseAlert(tx, { kind: "announcements.endpoint_off", subject: endpoint.id, detail });
}
