import { createHash } from "node:crypto";
import type { World } from "../world.ts";
import { StripeFault } from "./errors.ts";

export interface StoredAnswer {
  status: number;
  body: string;
  requestId: string;
}

/** What is remembered of a request, to tell a retry from another use of its key. */
export interface KeyedRequest {
  key: string;
  method: string;
  path: string;
  body: string;
}

/** Keys may be forgotten after a day; then the same key is a new request. */
const lifetimeSeconds = 86_400;

function fingerprint(body: string): string {
  return createHash("sha256").update(body).digest("base64url");
}

function clash(message: string): StripeFault {
  return new StripeFault(400, { type: "idempotency_error", message });
}

/** The answer this key was given before; throws when the key was used for something else. */
export function replay(world: World, request: KeyedRequest): StoredAnswer | undefined {
  const row = world.database.sql("select * from idempotency_keys where key = ?").get(request.key);
  if (!row || Number(row.created) + lifetimeSeconds < world.clock.seconds()) return undefined;
  if (row.path !== request.path || row.method !== request.method) {
    throw clash(
      `Keys for idempotent requests can only be used for the same endpoint they were first used for ('${request.path}' vs '${row.path}'). Try using a key other than '${request.key}' if you meant to execute a different request.`,
    );
  }
  if (row.fingerprint !== fingerprint(request.body)) {
    throw clash(
      `Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '${request.key}' if you meant to execute a different request.`,
    );
  }
  return { status: Number(row.status), body: String(row.body), requestId: String(row.request_id) };
}

/** Remembers an answer, in the transaction of what it answered. */
export function remember(world: World, request: KeyedRequest, answer: StoredAnswer): void {
  world.database
    .sql(`insert into idempotency_keys (key, method, path, fingerprint, status, body, request_id, created)
          values (?, ?, ?, ?, ?, ?, ?, ?)
          on conflict (key) do update set method = excluded.method, path = excluded.path, fingerprint = excluded.fingerprint,
            status = excluded.status, body = excluded.body, request_id = excluded.request_id, created = excluded.created`)
    .run(
      request.key,
      request.method,
      request.path,
      fingerprint(request.body),
      answer.status,
      answer.body,
      answer.requestId,
      world.clock.seconds(),
    );
}

/** Two requests with one key at the same moment: the second is told to come back. */
export function keyInUse(key: string): StripeFault {
  return new StripeFault(409, {
    type: "idempotency_error",
    code: "idempotency_key_in_use",
    message: `There is currently another in-progress request using this Idempotent Key (that probably means you submitted twice, and the other request is still going through): ${key}. Please try again later.`,
  });
}

export function checkKey(key: string): void {
  if (key === "") throw clash("Idempotency Key must be a non-empty string.");
  if (key.length > 255) throw clash("Idempotency Key cannot be longer than 255 characters.");
}
