import { and, desc, eq, gt, ilike, isNotNull, isNull, lte, or, type SQL, sql } from "drizzle-orm";
import { apiKeys } from "../../drizzle/schema/api-keys.ts";
import { creditBudgets } from "../../drizzle/schema/credits.ts";
import { countUpTo } from "../kernel/count-up-to.ts";
import type { Tx } from "../kernel/db.ts";
import type { Asked } from "../kernel/input.ts";
import { keyset } from "../kernel/page.ts";
import type { customerKeysInput, KEY_STATES } from "./input.ts";
import { budgetColumns, budgetNow } from "./key-budget.ts";

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

export type KeyState = (typeof KEY_STATES)[number];

/** A customer's keys, the newest first, with what can be known of each, what is left of its budget too; never the key itself. `at` is technical time. */
export async function listKeys(tx: Tx, of: { readonly customerId: string; readonly at: Date }) {
  const rows = await tx
    .select({ ...SHOWN, ...budgetColumns(tx.scope.now) })
    .from(apiKeys)
    .leftJoin(creditBudgets, budgetNow(tx.scope.now))
    .where(eq(apiKeys.customerId, of.customerId))
    .orderBy(desc(apiKeys.createdAt), desc(apiKeys.id))
    .limit(MOST);
  return rows.map((row) => ({ ...row, state: stateOf(row, of.at) }));
}

/** A page of an organization's keys, the newest first. `at` is technical time. */
export async function listOrganizationKeys(
  tx: Tx,
  of: { organizationId: string; cursor?: string | undefined; limit: number; at: Date },
) {
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

/** For staff: a page of a customer's keys. `at` is technical time. */
export async function listKeysOfCustomer(
  tx: Tx,
  { at, ...input }: Asked<typeof customerKeysInput> & { readonly customerId: string; readonly at: Date },
) {
  const { createdAt, customerId, id, name, prefix } = apiKeys;
  const place = keyset(input, { by: createdAt, id, type: "timestamptz", direction: input.direction ?? "desc" });
  const part = `%${(input.q ?? "").replaceAll(/[\\%_]/g, "\\$&")}%`;
  const wanted = and(
    eq(customerId, input.customerId),
    input.q ? or(ilike(name, part), ilike(prefix, part)) : undefined,
    input.state && inState(input.state, at),
  );
  const rows = await tx
    .select({ ...SHOWN, ...budgetColumns(tx.scope.now), cursorAt: place.cursorAt })
    .from(apiKeys)
    .leftJoin(creditBudgets, budgetNow(tx.scope.now))
    .where(and(wanted, place.condition))
    .orderBy(...place.orderBy)
    .limit(place.limit);
  const page = place.page(rows);
  const total = input.counted ? await countUpTo(tx, sql`from ${apiKeys} where ${wanted}`) : null;
  return { ...page, items: page.items.map((row) => ({ ...row, state: stateOf(row, at) })), total };
}

/** Whether this key is the customer's and still works. `at` is technical time. */
export async function isOwnKey(tx: Tx, key: { id: string; customerId: string; at: Date }): Promise<boolean> {
  const [row] = await tx
    .select({ customerId: apiKeys.customerId, revokedAt: apiKeys.revokedAt, expiresAt: apiKeys.expiresAt })
    .from(apiKeys)
    .where(eq(apiKeys.id, key.id));
  return row !== undefined && row.customerId === key.customerId && stateOf(row, key.at) === "active";
}

function inState(state: KeyState, at: Date): SQL | undefined {
  const { revokedAt, expiresAt } = apiKeys;
  if (state === "revoked") return isNotNull(revokedAt);
  const over = lte(expiresAt, at);
  return and(isNull(revokedAt), state === "expired" ? over : or(isNull(expiresAt), gt(expiresAt, at)));
}

function stateOf(key: { revokedAt: Date | null; expiresAt: Date | null }, at: Date): KeyState {
  if (key.revokedAt) return "revoked";
  return key.expiresAt && key.expiresAt <= at ? "expired" : "active";
}
