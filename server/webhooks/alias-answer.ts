import { eventHandlers } from "./prove-path.ts";
import type { InboxAnswer } from "./receive.ts";

/**
 * The inbox's answer as `/stripe-webhook` gives it: `{received, result: {status, event}}`, where nothing that follows an
 * event is waited for. What was granted for it is told later, with the event. Refusals stay as they are.
 */
export function aliasAnswer({ taken, ...answer }: InboxAnswer): InboxAnswer {
  if (!taken) return answer;
  const ignored = !Object.hasOwn(eventHandlers, taken.type);
  const status = taken.result === "duplicate" ? "duplicate" : ignored ? "ignored" : "queued";
  return { ...answer, body: JSON.stringify({ received: true, result: { status, event: taken.type } }) };
}
