import { sessions } from "../../drizzle/schema/identity.ts";
import type { Tx } from "../kernel/db.ts";
import { hashToken, newId, newToken } from "../kernel/id.ts";
import { absoluteEnd, sessionEnd } from "./session-lifetime.ts";

/** What a browser keeps; the database only has the token's hash. */
export type OpenedSession = { readonly token: string; readonly cookieExpiresAt: Date };

/** Opens a session for the transaction's actor, with a token nobody has had before. `at` is technical time. */
export async function openSession(
  tx: Tx,
  session: { userId: string; userAgent: string | null; at: Date; secondFactor: boolean },
): Promise<OpenedSession> {
  const { userId, userAgent, at, secondFactor } = session;
  const token = newToken();
  await tx.insert(sessions).values({
    id: newId("ses"),
    tokenHash: hashToken(token),
    userId,
    userAgent,
    createdAt: at,
    lastSeenAt: at,
    expiresAt: sessionEnd(at, at),
    authenticatedAt: at,
    secondFactor,
  });
  return { token, cookieExpiresAt: absoluteEnd(at) };
}
