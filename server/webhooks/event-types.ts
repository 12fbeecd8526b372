import { stripeHandlers } from "./stripe-handlers.ts";

/** What is followed, and what a webhook endpoint is subscribed to: each of these says something that no other one does. */
export const HANDLED_EVENT_TYPES: readonly string[] = Object.keys(stripeHandlers).toSorted();
