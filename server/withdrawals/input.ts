import { z } from "zod";
import { listPlace } from "../kernel/input.ts";

const id = z.string().min(1).max(100);
/** The bearer token of an order, as it stands in its links. */
const ref = z.string().regex(/^[\w-]{20,100}$/);

/** By the link of a receipt, or among one's own orders. */
export const withdrawalOrderInput = z.union([z.object({ ref }), z.object({ orderId: id })]);
export const submitWithdrawalInput = z.object({
  order: withdrawalOrderInput,
  lineIds: z.array(id).min(1).max(100),
  /** Made with the form: the same statement sent twice is one. */
  formKey: z.string().regex(/^[\w-]{16,100}$/),
});
export const requestWithdrawalLinkInput = z.object({
  number: z
    .string()
    .trim()
    .toUpperCase()
    .regex(/^KV-\d{1,12}$/),
  email: z.string().trim().max(254).pipe(z.email()),
});
export const WITHDRAWAL_STATUSES = ["received", "needs_review", "refunding", "refunded", "refused"] as const;
export const withdrawalListInput = z.object({
  ...listPlace,
  /** An order's number, the beginning of an address, or an id. */
  q: z.string().trim().max(200).optional(),
  status: z.enum(WITHDRAWAL_STATUSES).optional(),
  /** Days in the shop's time zone, both included. */
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
  sort: z.enum(["received"]).default("received"),
});
export const withdrawalInput = z.object({ id });
export const decideWithdrawalInput = z.object({ id, reason: z.string().trim().min(3).max(500) });
