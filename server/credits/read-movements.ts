import { and, desc, eq, inArray, sql } from "drizzle-orm";
import { apiKeys } from "../../drizzle/schema/api-keys.ts";
import { creditAllocations, creditOperations } from "../../drizzle/schema/credits.ts";
import type { Tx } from "../kernel/db.ts";
import { pageOf, readCursor } from "../kernel/page.ts";

export type CreditMovement = {
  readonly id: string;
  readonly at: Date;
  readonly kind: (typeof creditOperations.$inferSelect)["kind"];
  readonly reason: string;
  readonly reference: string | null;
  readonly keyName: string | null;
  /** Below zero: taken from the balance. */
  readonly change: number;
  readonly balanceAfter: number;
};

/** What happened to a customer's credits, the newest first, with what for and by which key. Only looks. */
export async function readMovements(
  tx: Tx,
  input: { readonly customerId: string; readonly cursor?: string | undefined; readonly limit: number },
): Promise<{ items: CreditMovement[]; nextCursor: string | null }> {
  const after = readCursor(input.cursor);
  const rows = await tx
    .select({
      operation: creditOperations,
      id: creditOperations.id,
      cursorAt: sql<string>`${creditOperations.at}::text`,
      change: sql`(select coalesce(sum(parts.available), 0)::bigint from ${creditAllocations} parts
        where parts.operation_id = credit_operations.id)`.mapWith(Number),
    })
    .from(creditOperations)
    .where(
      and(
        eq(creditOperations.customerId, input.customerId),
        after
          ? sql`(${creditOperations.at}, ${creditOperations.id}) < (${after.at}::timestamptz, ${after.id})`
          : undefined,
      ),
    )
    .orderBy(desc(creditOperations.at), desc(creditOperations.id))
    .limit(input.limit + 1);
  const page = pageOf(rows, input.limit);
  const names = await keyNames(
    tx,
    page.items.flatMap(({ operation }) => operation.apiKeyId ?? []),
  );
  return {
    ...page,
    items: page.items.map(({ operation, change }) => ({
      id: operation.id,
      at: operation.at,
      kind: operation.kind,
      reason: operation.reason,
      reference: operation.reference,
      keyName: operation.apiKeyId === null ? null : (names.get(operation.apiKeyId) ?? operation.apiKeyId),
      change,
      balanceAfter: operation.balanceAfter,
    })),
  };
}

async function keyNames(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await tx
    .select({ id: apiKeys.id, name: apiKeys.name })
    .from(apiKeys)
    .where(inArray(apiKeys.id, [...new Set(ids)]));
  return new Map(rows.map(({ id, name }) => [id, name]));
}
