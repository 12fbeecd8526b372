import { creditAllocations, creditOperations } from "../../drizzle/schema/credits.ts";
import { actorName } from "../kernel/actor.ts";
import type { Tx } from "../kernel/db.ts";
import { newId } from "../kernel/id.ts";
import { available } from "./spendable.ts";

export type Allocation = {
  /** Null: the customer's debt. */
  readonly grantId: string | null;
  readonly available: number;
  readonly held?: number;
};

type NewOperation = {
  readonly customerId: string;
  readonly kind: (typeof creditOperations.$inferInsert)["kind"];
  readonly key: string;
  readonly credits: number;
  readonly reason: string;
  readonly reference?: string | null;
  readonly apiKeyId?: string | null;
  readonly allocations: readonly Allocation[];
};

/** Writes into a customer's history what was just done to the grants, with what can be spent after it. Account locked. */
export async function recordOperation(tx: Tx, { allocations, ...operation }: NewOperation) {
  const id = newId("cro");
  const { customerId, apiKeyId } = operation;
  const balanceAfter = await available(tx, { customerId, apiKeyId });
  await tx.insert(creditOperations).values({
    ...operation,
    id,
    key: `${customerId}:${operation.key}`,
    bodyHash: "",
    balanceAfter,
    actor: actorName(tx.scope.actor),
    at: tx.scope.now,
  });
  if (allocations.length > 0)
    await tx
      .insert(creditAllocations)
      .values(allocations.map((allocation, position) => ({ ...allocation, operationId: id, position })));
  return { id, balanceAfter };
}
