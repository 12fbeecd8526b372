import type { Session } from "../identity/index.ts";
import type { KeyScope } from "../kernel/actor.ts";
import type { Connection } from "../kernel/db.ts";
import { hashToken } from "../kernel/id.ts";
import { findKey, type KeyRow } from "./find-key.ts";
import { isOrganizationKey, looksLikeKey } from "./key-secret.ts";

/** The least time between two writes of "last used". Technical time. */
const TOUCH_MS = 60_000;

/**
 * Who comes with this key, or null where it is unknown, revoked, out of date, or its owner's account is closed: looked up
 * for every request, never cached, so that a revoked key is refused by every process from the next request on. It acts as
 * the customer, never as staff, and is never fresh: what asks who one is again is closed to it. "Last used" is written
 * at most once a minute. `at` is technical time.
 */
export async function resumeKey(
  connection: Connection,
  secret: string,
  at: Date,
  shop: { live: boolean },
): Promise<Session | null> {
  if (!looksLikeKey(secret, shop) || isOrganizationKey(secret)) return null;
  const row = await findKey(connection, { hash: hashToken(secret), at });
  if (!row) return null;
  if (row.last_used_ms === null || at.getTime() - Number(row.last_used_ms) >= TOUCH_MS)
    await touch(connection, row, at);
  const scopes = typeof row.scopes === "string" ? (JSON.parse(row.scopes) as readonly KeyScope[]) : row.scopes;
  return {
    id: row.key_id,
    userId: row.user_id,
    customerId: row.customer_id,
    email: row.email,
    name: row.user_name,
    emailVerified: row.email_verified,
    locale: row.locale,
    staffRole: null,
    authenticatedAt: null,
    secondFactor: false,
    staffLocked: false,
    impersonation: null,
    apiKey: { id: row.key_id, name: row.name, scopes, rateLimit: row.rate_limit },
  };
}

async function touch(connection: Connection, row: KeyRow, at: Date): Promise<void> {
  await connection.sql.begin(async (sql) => {
    await sql`select set_config('app.user_id', ${row.user_id}, true)`;
    await sql`update api_keys set last_used_at = ${at.toISOString()}::timestamptz where id = ${row.key_id}`;
  });
}
