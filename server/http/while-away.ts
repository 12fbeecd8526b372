import { AWAY_SECONDS, databaseAway, isDatabaseAway, isToldAway } from "../kernel/database-away.ts";
import type { Runtime } from "../wire.ts";
import { type ComeBack, WHILE_AWAY } from "./come-back-later.ts";
import { type RequestState, requestState } from "./request-context.ts";

/** Whether a request failed because the database was away; tells of it and counts it if so, unless a procedure has. */
export function wasAway(runtime: Pick<Runtime, "metrics" | "log">, error: unknown, about: object): boolean {
  if (!isDatabaseAway(error)) return false;
  if (isToldAway(error)) return true;
  runtime.metrics.errors.inc({ kind: "database" });
  runtime.log.warn({ err: error, ...about }, "the database does not answer");
  return true;
}

/** What a program is told while the database does not answer. */
export function awayAnswer(requestId: string) {
  const { message, code } = databaseAway();
  const headers = { "Retry-After": String(AWAY_SECONDS), "Cache-Control": "no-store" };
  return { status: 503, body: { success: false, error: message, code, requestId }, headers } as const;
}

/** The context of a page's request; of nobody, and why nothing is done, where the database cannot say who asks. */
export async function stateOrAway(
  runtime: Runtime,
  request: Request,
  address: string,
  requestId: string,
): Promise<readonly [RequestState, ComeBack | null]> {
  try {
    return [await requestState(runtime, request, address, requestId), null];
  } catch (error) {
    if (!wasAway(runtime, error, { requestId, path: new URL(request.url).pathname })) throw error;
    return [await requestState(runtime, request, address, requestId, { lookUp: false }), WHILE_AWAY];
  }
}
