import { and, desc, eq, inArray, isNotNull, or, sql } from "drizzle-orm";
import { apiKeys } from "../../drizzle/schema/api-keys.ts";
import { checkouts } from "../../drizzle/schema/checkout.ts";
import { creditAllocations, creditOperations } from "../../drizzle/schema/credits.ts";
import { orders } from "../../drizzle/schema/orders.ts";
import type { Ctx } from "../kernel/ctx.ts";
import type { Tx } from "../kernel/db.ts";
import { pageOf, readCursor } from "../kernel/page.ts";

/** A purchase of credits that is paid for and not granted yet, or of which nobody knows yet whether it is. */
export type PendingCredits = { readonly credits: number; readonly startedAt: Date; readonly unknown: boolean };

/** For how long an unfinished page is spoken of. */
const RECENT_MS = 3 * 86_400_000;

/** Purchases whose credits are on their way: the bank is working, or has not answered. Only looks. */
export async function pendingCredits(ctx: Ctx, customerId: string): Promise<PendingCredits[]> {
  return ctx.db.transaction(
    async (tx) => {
      const since = new Date(tx.scope.now.getTime() - RECENT_MS);
      const rows = await tx
        .select({
          lines: checkouts.lines,
          createdAt: checkouts.createdAt,
          status: checkouts.status,
          order: orders.status,
        })
        .from(checkouts)
        .leftJoin(orders, eq(orders.checkoutId, checkouts.id))
        .where(
          and(
            eq(checkouts.customerId, customerId),
            isNotNull(checkouts.creditPointer),
            or(
              eq(orders.status, "awaiting_payment"),
              and(eq(checkouts.status, "unknown"), sql`${checkouts.createdAt} > ${since.toISOString()}::timestamptz`),
            ),
          ),
        )
        .orderBy(desc(checkouts.createdAt))
        .limit(20);
      return rows.map(({ lines, createdAt, status }) => ({
        credits: lines.reduce((sum, line) => sum + (line.credits?.perUnit ?? 0) * line.quantity, 0),
        startedAt: createdAt,
        unknown: status === "unknown",
      }));
    },
    { readOnly: true },
  );
}

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
