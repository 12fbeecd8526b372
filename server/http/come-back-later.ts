import { DomainError } from "../kernel/errors.ts";
import type { RequestState } from "./request-context.ts";

/** Counts a page or form for the address it comes from: null, or after how many seconds there is room again. */
export async function comeBackAfter({ ctx }: RequestState, method: string): Promise<number | null> {
  try {
    await ctx.providers.callLimits.consume(method === "GET" || method === "HEAD" ? "pages" : "forms", ctx.browser.ip);
    return null;
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    ctx.log.warn({ security: "rate_limit", ip: ctx.browser.ip }, "too many requests from one address");
    const { retryAfterSeconds } = error.details;
    return typeof retryAfterSeconds === "number" ? retryAfterSeconds : 60;
  }
}

/** Says with a 429 when to come again. */
export function withRetryAfter(response: Response, seconds: number | null): Response {
  if (seconds === null || response.status !== 429) return response;
  const answer = new Response(response.body, response);
  answer.headers.set("Retry-After", String(seconds));
  return answer;
}
