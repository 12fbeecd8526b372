import { eq } from "drizzle-orm";
import { fulfilments } from "../../drizzle/schema/fulfilment.ts";
import type { Tx } from "../kernel/db.ts";
import { transition } from "../kernel/machine.ts";
import { completeOrder } from "../orders/index.ts";
import { fulfilmentMachine } from "./fulfilment-status.ts";

/**
 * Holds back goods whose purchase was taken back, while they have not left: with nothing left to send it is cancelled and
 * the order complete, otherwise it is stopped for a person to pick out what is still wanted. Goods that have left are left
 * alone. Says whether the goods were here and stay. Idempotent, in the caller's transaction.
 */
export async function haltFulfilment(
  tx: Tx,
  orderId: string,
  { nothingLeft, cause }: { nothingLeft: boolean; cause: string },
): Promise<boolean> {
  const [goods] = await tx.select().from(fulfilments).where(eq(fulfilments.orderId, orderId)).for("update");
  if (!goods || goods.status === "shipped" || goods.status === "cancelled") return false;
  if (nothingLeft) {
    await transition(tx, fulfilmentMachine, { id: goods.id, event: "cancelled", cause });
    await completeOrder(tx, orderId, cause);
  } else if (goods.status !== "stopped") {
    await transition(tx, fulfilmentMachine, { id: goods.id, event: "stopped", cause });
  }
  return true;
}
