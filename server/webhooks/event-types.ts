import { stripeHandlers } from "./stripe-handlers.ts";

/** What is followed where it comes. */
export const HANDLED_EVENT_TYPES = Object.keys(stripeHandlers).toSorted();

/**
 * What the provider tells of an invoice in the same moment as something else that is ordered: a draft with the membership's new
 * period, its finalization with the outcome of the charge, what pays it with `invoice.paid`.
 */
const TOLD_BESIDE: readonly (keyof typeof stripeHandlers)[] = [
  "invoice.created",
  "invoice.finalized",
  "invoice_payment.paid",
];

/** What a webhook endpoint is subscribed to: each notification is stored, and has a job and a history of its own. */
export const ORDERED_EVENT_TYPES = HANDLED_EVENT_TYPES.filter((type) => !TOLD_BESIDE.some((one) => one === type));
