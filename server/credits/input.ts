import { z } from "zod";
import { listPlace } from "../kernel/input.ts";

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
export const ofCustomerInput = z.object({ customerId: words(60) });
/** What a grant was made for, as the schema has it. */
export const GRANTED_FOR = ["purchase", "plan", "promotion", "refund", "manual"] as const;
export const GRANT_STATES = ["left", "gone"] as const;
export const grantListInput = z.object({
  ...listPlace,
  customerId: words(60),
  source: z.enum(GRANTED_FOR).optional(),
  /** left: something of it can still be used. */
  state: z.enum(GRANT_STATES).optional(),
  sort: z.enum(["created"]).default("created"),
});
export const balanceInput = z.object({ feature: words(100).optional() }).default({});
export const historyInput = z
  .object({ cursor: z.string().max(1000).optional(), limit: z.number().int().min(1).max(100).default(25) })
  .prefault({});
