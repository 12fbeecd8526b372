import type { Session } from "../identity/index.ts";
import type { KeyScope } from "../kernel/actor.ts";
import type { Connection } from "../kernel/db.ts";
import { hashToken } from "../kernel/id.ts";
import { isOrganizationKey, looksLikeKey } from "./key-secret.ts";

type Row = {
  readonly key_id: string;
  readonly name: string;
  readonly scopes: readonly KeyScope[] | string;
  readonly rate_limit: number;
  readonly organization_id: string;
  readonly entitled: boolean;
};

/**
 * For which organization a program comes with this key: nobody's session, that sees what any member sees, within the key's
 * scopes. Null where the key is none of an organization's, unknown, revoked or out of date, or the organization is closed;
 * `plan` where the organization has no `hasAPI` now. Looked up for every request, never cached: what ends is refused by every
 * process from the next request on. "Last used" is written at most once a minute. `at` is technical time.
 */
export async function resumeOrganizationKey(
  { sql }: Connection,
  secret: string,
  at: Date,
  shop: { live: boolean },
): Promise<Session | "plan" | null> {
  if (!isOrganizationKey(secret) || !looksLikeKey(secret, shop)) return null;
  const [row] = await sql.unsafe<Row[]>(
    "select key_id, name, scopes, rate_limit, organization_id, entitled from app.organization_key_lookup($1, $2::timestamptz)",
    [hashToken(secret), at.toISOString()],
    { prepare: true },
  );
  if (!row) return null;
  if (!row.entitled) return "plan";
  const scopes = typeof row.scopes === "string" ? (JSON.parse(row.scopes) as readonly KeyScope[]) : row.scopes;
  const { key_id: id, name, rate_limit: rateLimit, organization_id: organizationId } = row;
  return {
    ...{ id, userId: "", customerId: null, email: "", name, emailVerified: false, locale: "en" },
    ...{ staffRole: null, authenticatedAt: null, secondFactor: false, staffLocked: false, impersonation: null },
    apiKey: { id, name, scopes, rateLimit, organizationId },
  };
}
