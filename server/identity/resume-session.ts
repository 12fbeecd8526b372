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
  authenticated_ms: string | null;
  second_factor: boolean;
  impersonation_id: string | null;
  impersonation_ms: string | null;
  as_user_id: string | null;
  as_customer_id: string | null;
  as_email: string | null;
  as_name: string | null;
  as_email_verified: boolean | null;
};

/**
 * Who holds this token, or null: one prepared look-up per request, never cached, so that signing out, a new password and
 * a disabled account count at once in every process. Being seen keeps a session alive (`session-lifetime.ts`); that is
 * written at most each five minutes. While staff look as a customer, the session is that customer's and names who looks.
 * `at` is technical time.
 */
export async function resumeSession(
  connection: Connection,
  token: string,
  at: Date,
  rules: { staffNeedSecondFactor: boolean } = { staffNeedSecondFactor: false },
): Promise<Session | null> {
  const [row] = await connection.sql<SessionRow[]>`
    select session_id, user_id, customer_id, email, name, email_verified, locale, staff_role,
      extract(epoch from created_at) * 1000 as created_ms, extract(epoch from last_seen_at) * 1000 as last_seen_ms,
      extract(epoch from authenticated_at) * 1000 as authenticated_ms, second_factor, impersonation_id,
      extract(epoch from impersonation_expires_at) * 1000 as impersonation_ms,
      as_user_id, as_customer_id, as_email, as_name, as_email_verified
    from app.session_lookup(${hashToken(token)}, ${at.toISOString()}::timestamptz)`;
  if (!row) return null;
  if (isTouchDue(new Date(Number(row.last_seen_ms)), at)) await touch(connection, row, at);
  const session = {
    id: row.session_id,
    userId: row.user_id,
    customerId: row.customer_id,
    email: row.email,
    name: row.name,
    emailVerified: row.email_verified,
    locale: row.locale,
    staffRole: row.staff_role,
    authenticatedAt: row.authenticated_ms === null ? null : new Date(Number(row.authenticated_ms)),
    secondFactor: row.second_factor,
    staffLocked: rules.staffNeedSecondFactor && row.staff_role !== null && !row.second_factor,
    impersonation: null,
  };
  return session.staffLocked ? session : asSeen(session, row);
}

/** The same session as the customer whom its holder looks as; unchanged for everybody else. */
function asSeen(session: Session, row: SessionRow): Session {
  if (!row.impersonation_id || !row.as_user_id || !row.as_customer_id || !row.as_email || !session.staffRole)
    return session;
  return {
    ...session,
    userId: row.as_user_id,
    customerId: row.as_customer_id,
    email: row.as_email,
    name: row.as_name,
    emailVerified: row.as_email_verified ?? false,
    staffRole: null,
    // Staff have shown who they are, the customer has not: what asks for that stays shut.
    authenticatedAt: null,
    impersonation: {
      id: row.impersonation_id,
      staffUserId: session.userId,
      staffRole: session.staffRole,
      staffCustomerId: session.customerId,
      until: new Date(Number(row.impersonation_ms)),
    },
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
