import { z } from "zod";
import { listPlace } from "../kernel/input.ts";

const id = z.string().min(1).max(100);
/** The bearer token of an order, as it stands in its links. */
const ref = z.string().regex(/^[\w-]{20,100}$/);

/** An order's number as people type it: `kv 10482` and `10482` are `KV-10482`. */
const orderNumber = z
  .string()
  .trim()
  .toUpperCase()
  .overwrite((typed) => typed.replace(/^(?:KV)?[\s\u2010-\u2015-]*(\d+)$/, "KV-$1"))
  .regex(/^KV-\d{1,12}$/);
/** Made with a form: the same one sent twice is one. */
const formKey = z.string().regex(/^[\w-]{16,100}$/);
const lineIds = z.array(id).min(1).max(100);

/** By the link of a receipt, or among one's own orders. */
export const withdrawalOrderInput = z.union([z.object({ ref }), z.object({ orderId: id })]);
export const submitWithdrawalInput = z.object({
  order: withdrawalOrderInput,
  lineIds,
  formKey,
});
export const stateWithdrawalInput = z.object({
  /** It is repeated in a mail to an address that anybody may have typed: nothing in it becomes a link. */
  name: z
    .string()
    .trim()
    .min(1)
    .max(80)
    .regex(/^(?:[\p{L}\p{M}\p{N} ,&'’-]|\.(?= |$))+$/u),
  email: z.string().trim().max(254).pipe(z.email()),
  number: orderNumber,
  formKey,
});
export const statementReceiptInput = z.object({ receipt: ref });
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
/** In minor units. */
const amount = z.number().int().min(1).max(99_999_999_999);
/** Less than all that is owed, where goods came back worth less; all of it when absent. */
export const approvalPlanInput = z.object({ id, amount: amount.optional() });
/** The reason of a lower sum is mailed to the buyer. */
export const approveWithdrawalInput = decideWithdrawalInput.extend({ amount: amount.optional() });

export const STATEMENT_STATUSES = [
  ...(["received", "unconfirmed", "unmatched"] as const),
  ...(["carried_out", "overtaken", "dismissed"] as const),
] as const;
export const statementListInput = z.object({
  ...listPlace,
  /** An order's number, the beginning of an address, or an id. */
  q: z.string().trim().max(200).optional(),
  status: z.enum(STATEMENT_STATUSES).optional(),
  orderId: id.optional(),
  /** Days in the shop's time zone, both included. */
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
  sort: z.enum(["received"]).default("received"),
});
/** How many statements are closed by one press. */
export const MOST_CLOSED = 200;
const statementIds = z.array(id).min(1).max(MOST_CLOSED);
/** The chosen ones, or what the list's filter shows. */
export const closableStatementsInput = z.union([
  z.object({ ids: statementIds }),
  statementListInput.pick({ q: true, status: true, from: true, to: true }).strict(),
]);
export const dismissStatementsInput = z.object({
  ids: statementIds,
  reason: z.string().trim().min(3).max(500),
  letter: z.boolean().default(false),
});
export const carryOutStatementInput = decideWithdrawalInput.extend({ lineIds });
export const attachStatementInput = decideWithdrawalInput.extend({ number: orderNumber });
