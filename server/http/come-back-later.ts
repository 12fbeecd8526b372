import type { CallLimit, CallLimits } from "../identity/index.ts";
import { DomainError } from "../kernel/errors.ts";
import type { Log } from "../kernel/log.ts";
import type { RequestState } from "./request-context.ts";

/** Who counts, and where it is told. */
export type Counting = { readonly callLimits: CallLimits; readonly log: Log };

/** Counts one request of an address: null, or after how many seconds there is room again. */
export async function secondsToWait(
  { callLimits, log }: Counting,
  limit: CallLimit,
  address: string,
): Promise<number | null> {
  try {
    await callLimits.consume(limit, address);
    return null;
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    log.warn({ security: "rate_limit", limit, ip: address }, "too many requests from one address");
    const { retryAfterSeconds } = error.details;
    return typeof retryAfterSeconds === "number" ? retryAfterSeconds : 60;
  }
}

/** Counts a page or form for the address it comes from: null, or after how many seconds there is room again. */
export function comeBackAfter({ ctx }: RequestState, method: string): Promise<number | null> {
  const limit = method === "GET" || method === "HEAD" ? "pages" : "forms";
  return secondsToWait({ callLimits: ctx.providers.callLimits, log: ctx.log }, limit, ctx.browser.ip);
}

/** What a program is told that asks too often. */
export function comeBackBody(): { success: false; error: string } {
  return { success: false, error: "Too many requests from this address. Wait as long as Retry-After says." };
}

export function comeBackLater(seconds: number): Response {
  const headers = { "Retry-After": String(seconds), "Cache-Control": "no-store" };
  return Response.json(comeBackBody(), { status: 429, headers });
}

/** Says with a 429 when to come again. */
export function withRetryAfter(response: Response, seconds: number | null): Response {
  if (seconds === null || response.status !== 429) return response;
  const answer = new Response(response.body, response);
  answer.headers.set("Retry-After", String(seconds));
  return answer;
}
