/** A verified notification on its way into the inbox. */
export type IncomingEvent = {
  readonly provider: string;
  readonly externalId: string;
  readonly type: string;
  readonly objectId: string | null;
  readonly apiVersion: string | null;
  readonly occurredAt: Date;
  /** The body exactly as it was signed; JSON unless `problem` says otherwise. */
  readonly raw: string;
  /** What is kept of the headers that it came with, the same string for the same headers; null: it did not come as a request. */
  readonly headers: string | null;
  /** Its object names where a buyer comes back to from a payment page: bearer tokens, which are not kept. */
  readonly wayBack: boolean;
  /** Why it can never be processed; it is kept for a person all the same. */
  readonly problem: string | null;
  readonly requestId: string | null;
  /** `reconciled`: we asked the provider and found it; `self_test`: sent by ourselves. */
  readonly source: "delivered" | "reconciled" | "self_test";
};

/** Our own id of an event: one text key, so that histories and jobs can name it. */
export function eventId(event: Pick<IncomingEvent, "provider" | "externalId">): string {
  return `${event.provider}:${event.externalId}`;
}

const MAX_NAME = 255;

/** A name as a text column and an index can hold it: no NUL, no half of a surrogate pair, not longer than a name is. */
export function storableName(text: string): string {
  return text.toWellFormed().replaceAll("\0", "\uFFFD").slice(0, MAX_NAME).toWellFormed();
}

/** The row as JSON text for the storing statement, with its headers when they are its own. The signed body is spliced in as it is, which spares a second encoding. */
export function rowJson(event: IncomingEvent, payload: string, headers: string | null): string {
  const head = JSON.stringify({
    id: eventId(event),
    provider: event.provider,
    external_id: event.externalId,
    type: event.type,
    object_id: event.objectId,
    api_version: event.apiVersion,
    occurred_at: event.occurredAt.toISOString(),
    problem: event.problem,
    request_id: event.requestId,
    source: event.source,
    way_back: event.wayBack,
    headers: headers ?? undefined,
  });
  return `${head.slice(0, -1)},"payload":${payload}}`;
}

/**
 * The body inside a JSON string: what jsonb refuses as JSON (an escaped NUL, half of a surrogate pair, a number beyond
 * numeric, no JSON at all) it takes as text, and nothing of it is lost.
 */
export function textSafePayload(raw: string): string {
  return JSON.stringify({ raw: raw.replaceAll("\0", "\uFFFD").toWellFormed() });
}

/** The body as it was sent, from what is stored; null when it was no JSON. */
export function payloadBody(payload: unknown): unknown {
  if (typeof payload !== "object" || payload === null || !("raw" in payload) || typeof payload.raw !== "string")
    return payload;
  try {
    return JSON.parse(payload.raw) as unknown;
  } catch {
    return null;
  }
}
