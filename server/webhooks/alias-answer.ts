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
  return { ...answer, body: ascii(JSON.stringify({ received: true, result: { status, event: taken.type } })) };
}

/** An answer is written as it is, byte for letter; a type could be called anything. */
function ascii(json: string): string {
  return json.replaceAll(/[^\x20-\x7e]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
