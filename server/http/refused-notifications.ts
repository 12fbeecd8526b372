import type { InboxAnswer } from "../webhooks/index.ts";
import { type Counting, comeBackBody, secondsToWait } from "./come-back-later.ts";

/**
 * Counts a notification that was refused (its signature is wrong, or it is too large) for the address it came from, and
 * answers 429 where there were too many. One that is verified is never counted: the provider sends from few addresses, and
 * as many as there are.
 */
export async function countRefused(answer: InboxAnswer, counting: Counting, address: string): Promise<InboxAnswer> {
  if (answer.status !== 400 && answer.status !== 413) return answer;
  const seconds = await secondsToWait(counting, "refusals", address);
  if (seconds === null) return answer;
  const headers = { ...answer.headers, "Retry-After": String(seconds) };
  return { status: 429, body: JSON.stringify(comeBackBody()), headers };
}
