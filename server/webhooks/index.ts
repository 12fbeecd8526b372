export { followRefund } from "./follow-refund.ts";
export { giveUpEvent } from "./give-up-event.ts";
export { type followRefundJob, processWebhook } from "./jobs.ts";
export { type ProcessResult, processEvent } from "./process-event.ts";
export { listEvents } from "./queries.ts";
export { createInbox, type Inbox, type InboxAnswer, MAX_BODY, tooLarge } from "./receive.ts";
export type { Rehearsals } from "./rehearsal.ts";
export { type Rehearsal, rehearseEvent } from "./rehearse-event.ts";
export { stripeHandlers } from "./stripe-handlers.ts";
