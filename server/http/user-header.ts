import type { Session } from "../identity/index.ts";
import type { Runtime } from "../wire.ts";
import { isDocumented } from "./documented-addresses.ts";

type UserRow = {
  id: string;
  customer_id: string;
  email: string;
  name: string | null;
  verified: boolean;
  locale: "sv" | "en";
};

/**
 * Whoever the header `x-user-id` names, at the addresses that take it; never staff and never fresh. Null unless the switch
 * is on (`TRUST_USER_ID_HEADER`): anybody can send a header, so it is for tests behind closed doors.
 */
export async function userOfHeader(runtime: Runtime, request: Request): Promise<Session | null> {
  const userId = request.headers.get("x-user-id");
  if (runtime.config.TRUST_USER_ID_HEADER === undefined || userId === null) return null;
  if (!isDocumented(new URL(request.url).pathname)) return null;
  const [row] = await runtime.service.sql<UserRow[]>`
    select u.id, c.id as customer_id, u.email, u.name, u.email_verified_at is not null as verified, u.locale
    from users u join customers c on c.user_id = u.id where u.id = ${userId} and u.disabled_at is null`;
  if (!row) return null;
  const nobody = {
    staffRole: null,
    authenticatedAt: null,
    secondFactor: false,
    staffLocked: false,
    impersonation: null,
  };
  const { id, customer_id: customerId, email, name, verified: emailVerified, locale } = row;
  return { ...nobody, id: `header:${id}`, userId: id, customerId, email, name, emailVerified, locale };
}
