import type { StaffRole } from "../kernel/actor.ts";
import type { Connection } from "../kernel/db.ts";
import { hashToken } from "../kernel/id.ts";
import type { Session } from "./session.ts";
import { isTouchDue, sessionEnd } from "./session-lifetime.ts";

type SessionRow = {
  session_id: string;
  user_id: string;
  customer_id: string | null;
  email: string;
  name: string | null;
  email_verified: boolean;
  locale: "sv" | "en";
  staff_role: StaffRole | null;
  created_ms: string;
  last_seen_ms: string;
};

/**
 * Who holds this token, or null: one prepared look-up per request, never cached, so that signing out, a new password and
 * a disabled account count at once in every process. Being seen keeps a session alive (`session-lifetime.ts`); that is
 * written at most each five minutes. `at` is technical time.
 */
export async function resumeSession(connection: Connection, token: string, at: Date): Promise<Session | null> {
  const [row] = await connection.sql<SessionRow[]>`
    select session_id, user_id, customer_id, email, name, email_verified, locale, staff_role,
      extract(epoch from created_at) * 1000 as created_ms, extract(epoch from last_seen_at) * 1000 as last_seen_ms
    from app.session_lookup(${hashToken(token)}, ${at.toISOString()}::timestamptz)`;
  if (!row) return null;
  if (isTouchDue(new Date(Number(row.last_seen_ms)), at)) await touch(connection, row, at);
  return {
    id: row.session_id,
    userId: row.user_id,
    customerId: row.customer_id,
    email: row.email,
    name: row.name,
    emailVerified: row.email_verified,
    locale: row.locale,
    staffRole: row.staff_role,
  };
}

async function touch(connection: Connection, row: SessionRow, at: Date): Promise<void> {
  const end = sessionEnd(new Date(Number(row.created_ms)), at);
  await connection.sql.begin(async (sql) => {
    await sql`select set_config('app.user_id', ${row.user_id}, true)`;
    await sql`
      update sessions set last_seen_at = ${at.toISOString()}::timestamptz, expires_at = ${end.toISOString()}::timestamptz
      where id = ${row.session_id} and revoked_at is null`;
  });
}
