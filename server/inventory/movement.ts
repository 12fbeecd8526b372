import { stockMovements } from "../../drizzle/schema/inventory.ts";
import { actorName } from "../kernel/actor.ts";
import type { Tx } from "../kernel/db.ts";
import { newId } from "../kernel/id.ts";

export type Movement = {
  readonly variantId: string;
  readonly locationId: string;
  /** Goods that came (above zero) or went (below). */
  readonly delta: number;
  readonly reason: (typeof stockMovements.$inferInsert)["reason"];
  readonly note?: string | undefined;
  readonly orderId?: string;
  /** Moves goods once, however often it is written. */
  readonly key: string;
};

/** Writes one movement; a trigger moves the level with it. Answers whether it was new. */
export async function writeMovement(tx: Tx, movement: Movement): Promise<boolean> {
  const { key, note, orderId, ...facts } = movement;
  const made = await tx
    .insert(stockMovements)
    .values({
      ...facts,
      id: newId("stm"),
      note: note ?? null,
      orderId: orderId ?? null,
      actor: actorName(tx.scope.actor),
      idempotencyKey: key,
      at: tx.scope.now,
    })
    .onConflictDoNothing({ target: stockMovements.idempotencyKey })
    .returning({ id: stockMovements.id });
  return made.length > 0;
}
