import type { CallLimit, CallLimits } from "../identity/index.ts";
import { AWAY_SECONDS, databaseAway } from "../kernel/database-away.ts";
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

/** Why nothing of a request is done, and after how many seconds it may come again. */
export type ComeBack = { readonly why: "too_many" | "away"; readonly seconds: number };

/** While the database does not answer, nobody knows who asks: nothing is done for anybody. */
export const WHILE_AWAY: ComeBack = { why: "away", seconds: AWAY_SECONDS };

/** A refusal of whatever is asked, in the procedures' words. */
export function refusalFor({ why, seconds }: ComeBack): DomainError {
  if (why === "away") return databaseAway();
  const details = { retryAfterSeconds: seconds };
  return new DomainError("identity.too_many_attempts", "rate_limited", "Too many requests. Wait a while.", details);
}

/** Counts a page or form for the address it comes from: null, or after how many seconds there is room again. */
export async function comeBackAfter({ ctx }: RequestState, method: string): Promise<ComeBack | null> {
  const limit = method === "GET" || method === "HEAD" ? "pages" : "forms";
  const counting = { callLimits: ctx.providers.callLimits, log: ctx.log };
  const seconds = await secondsToWait(counting, limit, ctx.browser.ip);
  return seconds === null ? null : { why: "too_many", seconds };
}

/** What a program is told that asks too often. */
export function comeBackBody(): { success: false; error: string } {
  return { success: false, error: "Too many requests from this address. Wait as long as Retry-After says." };
}

export function comeBackLater(seconds: number): Response {
  const headers = { "Retry-After": String(seconds), "Cache-Control": "no-store" };
  return Response.json(comeBackBody(), { status: 429, headers });
}

/** Says with a 429, and with a 503, when to come again. */
export function withRetryAfter(response: Response, asked: number | null): Response {
  const { status, headers } = response;
  const seconds = asked ?? (status === 503 ? AWAY_SECONDS : null);
  if (seconds === null || (status !== 429 && status !== 503) || headers.has("retry-after")) return response;
  const answer = new Response(response.body, response);
  answer.headers.set("Retry-After", String(seconds));
  if (status === 503) answer.headers.set("Cache-Control", "no-store");
  return answer;
}
