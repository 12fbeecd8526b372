import { z } from "zod";
import { listPlace } from "../kernel/input.ts";

export const WEBHOOK_STATUSES = ["received", "retrying", "handled", "ignored", "dead", "discarded"] as const;

const id = z.string().min(1).max(400);
const reason = z.string().trim().min(3, "Say why in a few words.").max(500);

export const eventListInput = z.object({
  ...listPlace,
  status: z.enum(WEBHOOK_STATUSES).optional(),
  type: z.string().trim().max(200).optional(),
  /** Part of an event id, or the whole id of the object it is about. */
  q: z.string().trim().max(200).optional(),
  /** Received at or after, and before. */
  from: z.iso.datetime({ offset: true }).optional(),
  until: z.iso.datetime({ offset: true }).optional(),
  /** The events that we send ourselves every minute; left out unless asked for. */
  own: z.boolean().default(false),
});
export const eventInput = z.object({ id });
export const replayInput = z.object({ id, dryRun: z.boolean().default(false), reason: reason.optional() });
export const discardInput = z.object({ id, reason });
/** Which events an act on many is about: named ones, or all that match. */
const selection = z
  .object({
    ids: z.array(id).min(1, "Choose at least one event.").max(500).optional(),
    status: z.enum(["dead", "discarded", "handled", "ignored", "retrying"]).optional(),
    type: z.string().trim().min(1).max(200).optional(),
    /** Received at or after, and before. */
    from: z.iso.datetime({ offset: true }).optional(),
    until: z.iso.datetime({ offset: true }).optional(),
  })
  .refine(
    (chosen) => chosen.ids !== undefined || chosen.status !== undefined,
    "Choose events, or the state they are in.",
  );

export const batchStartInput = z.object({
  act: z.enum(["replay", "discard"]),
  selection,
  /** Made by the page that is sent: pressed twice it is one act. */
  idempotencyKey: z.string().trim().min(8).max(200),
});
export const batchInput = z.object({ id });
export const batchConfirmInput = z.object({ id, reason });
export const BATCH_ACTS = ["replay", "discard"] as const;
export const batchListInput = z.object({ ...listPlace, act: z.enum(BATCH_ACTS).optional() });
export const BATCH_WOULDS = ["handled", "ignored", "fails"] as const;
export const BATCH_OUTCOMES = ["replayed", "discarded", "skipped"] as const;
export const batchItemsInput = z.object({
  ...listPlace,
  batchId: id,
  would: z.enum(BATCH_WOULDS).optional(),
  outcome: z.enum(BATCH_OUTCOMES).optional(),
  sort: z.enum(["position"]).default("position"),
});
export const ALERT_STATES = ["open", "resolved"] as const;
export const alertListInput = z.object({
  ...listPlace,
  state: z.enum(ALERT_STATES).optional(),
  /** A part of its kind, or of the ids that it is about. */
  q: z.string().trim().max(200).optional(),
});
export const alertInput = z.object({ id, reason });
