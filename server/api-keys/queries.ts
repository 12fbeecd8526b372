import { and, desc, eq } from "drizzle-orm";
import { apiKeys } from "../../drizzle/schema/api-keys.ts";
import type { Tx } from "../kernel/db.ts";
import { keyset, type Page } from "../kernel/page.ts";

/** Of one owner; more than work at once may have been revoked, and the oldest of those are of no use to anybody. */
const MOST = 200;

const SHOWN = {
  id: apiKeys.id,
  name: apiKeys.name,
  prefix: apiKeys.prefix,
  scopes: apiKeys.scopes,
  rateLimit: apiKeys.rateLimit,
  budgetCredits: apiKeys.budgetCredits,
  budgetPeriod: apiKeys.budgetPeriod,
  createdAt: apiKeys.createdAt,
  expiresAt: apiKeys.expiresAt,
  lastUsedAt: apiKeys.lastUsedAt,
  revokedAt: apiKeys.revokedAt,
} as const;

export type KeyState = "active" | "expired" | "revoked";
export type KeyView = Awaited<ReturnType<typeof listKeys>>[number];

/** A customer's keys, the newest first, with what can be known of each; never the key itself. `at` is technical time. */
export async function listKeys(tx: Tx, of: { readonly customerId: string; readonly at: Date }) {
  const rows = await tx
    .select(SHOWN)
    .from(apiKeys)
    .where(eq(apiKeys.customerId, of.customerId))
    .orderBy(desc(apiKeys.createdAt), desc(apiKeys.id))
    .limit(MOST);
  return rows.map((row) => ({ ...row, state: stateOf(row, of.at) }));
}

/** A page of an organization's keys, the newest first. `at` is technical time. */
export async function listOrganizationKeys(
  tx: Tx,
  of: { organizationId: string; cursor?: string | undefined; limit: number; at: Date },
): Promise<Page<KeyView>> {
  const { createdAt, id, organizationId } = apiKeys;
  const place = keyset(of, { by: createdAt, id, type: "timestamptz", direction: "desc" });
  const rows = await tx
    .select({ ...SHOWN, cursorAt: place.cursorAt })
    .from(apiKeys)
    .where(and(eq(organizationId, of.organizationId), place.condition))
    .orderBy(...place.orderBy)
    .limit(place.limit);
  return place.page(rows.map((row) => ({ ...row, state: stateOf(row, of.at) })));
}

/** Whether this key is the customer's and still works. `at` is technical time. */
export async function isOwnKey(tx: Tx, key: { id: string; customerId: string; at: Date }): Promise<boolean> {
  const [row] = await tx
    .select({ customerId: apiKeys.customerId, revokedAt: apiKeys.revokedAt, expiresAt: apiKeys.expiresAt })
    .from(apiKeys)
    .where(eq(apiKeys.id, key.id));
  return row !== undefined && row.customerId === key.customerId && stateOf(row, key.at) === "active";
}

function stateOf(key: { revokedAt: Date | null; expiresAt: Date | null }, at: Date): KeyState {
  if (key.revokedAt) return "revoked";
  return key.expiresAt && key.expiresAt <= at ? "expired" : "active";
}
