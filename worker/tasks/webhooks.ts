import {
  eventHandlers,
  followRefund,
  type followRefundJob,
  giveUpEvent,
  labelOfType,
  processEvent,
  type processWebhook,
  provePath,
  type provePathJob,
  watchInbox,
  type watchInboxJob,
  workBatch,
  type workBatchJob,
} from "../../server/webhooks/index.ts";
import type { Handler, StopHandler } from "../handler.ts";

export const handleBatch: Handler<typeof workBatchJob> = workBatch;

export const handleProvePath: Handler<typeof provePathJob> = (ctx) => provePath(ctx);
export const handleWatchInbox: Handler<typeof watchInboxJob> = (ctx) => watchInbox(ctx);

export const handleWebhook: Handler<typeof processWebhook> = async (ctx, { eventId }, run) => {
  const started = performance.now();
  const result = await processEvent(ctx, { eventId, lastAttempt: run.lastAttempt }, eventHandlers);
  run.metrics.webhookEvents.inc({ type: labelOfType(result.type), outcome: result.outcome });
  run.metrics.webhookProcessingSeconds.observe(
    { type: labelOfType(result.type) },
    (performance.now() - started) / 1000,
  );
  if (result.outcome !== "already")
    run.metrics.webhookLagSeconds.observe(
      Math.max(0, ctx.technical.now().getTime() - result.receivedAt.getTime()) / 1000,
    );
};

/** An event is its own dead letter. */
export const stopWebhook: StopHandler<typeof processWebhook> = (ctx, { eventId }, reason) =>
  giveUpEvent(ctx, { eventId, reason });

export const handleFollowRefund: Handler<typeof followRefundJob> = followRefund;
