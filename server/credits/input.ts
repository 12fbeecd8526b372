import { z } from "zod";

/** Text without what PostgreSQL cannot hold. */
const words = (most: number) =>
  z
    .string()
    .min(1)
    .max(most)
    .regex(/^[^\0]*$/u, "must not hold the character NUL");
const credits = z.number().int().min(1).max(1_000_000_000);
const idempotencyKey = words(200);

export const consumeInput = z.object({
  credits,
  /** What for, in the caller's words. */
  reason: words(200),
  /** The caller's id of the thing. */
  reference: words(200).optional(),
  /** Also spends what was granted for this alone. */
  feature: words(100).optional(),
  idempotencyKey,
});
export const reserveInput = consumeInput.extend({
  /** Released by itself after this long, a day at most. */
  seconds: z.number().int().min(1).max(86_400).optional(),
});
export const confirmInput = z.object({
  reservationId: words(60),
  /** What it came to: fewer than reserved, or more. */
  credits: z.number().int().min(0).max(1_000_000_000),
});
export const releaseInput = z.object({ reservationId: words(60) });
const reason = z
  .string()
  .trim()
  .min(3)
  .max(500)
  .regex(/^[^\0]*$/u);
export const adjustInput = z.object({
  customerId: words(60),
  kind: z.enum(["add", "remove"]),
  credits,
  reason,
  /** Of the form: sent twice it is one adjustment. */
  key: z.string().min(8).max(100),
});
export const decideAdjustmentInput = z.object({ id: words(60), approve: z.boolean(), reason });
export const decideReclaimInput = z.object({ id: words(60), decision: z.enum(["debt", "let_go"]), reason });
export const ofCustomerInput = z.object({
  customerId: words(60),
  cursor: z.string().max(1000).optional(),
  limit: z.number().int().min(1).max(100).default(50),
});
export const balanceInput = z.object({ feature: words(100).optional() }).default({});
