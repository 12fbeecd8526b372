import { and, count, eq } from "drizzle-orm";
import { paymentTransitions } from "../../drizzle/schema/payments.ts";
import type { Tx } from "../kernel/db.ts";
import { converge } from "../kernel/machine.ts";
import { type PaymentStatus, paymentMachine } from "./payment-status.ts";

type Won = { readonly id: string; readonly held: PaymentStatus; readonly won: number; readonly cause: string };

/**
 * Takes a payment through the disputes that were won since it was last looked at: each took its money away and gave it back, and a look
 * that comes after the next one was opened sees that alone. Emits for each what it would have emitted in time. Answers the state in which it
 * is then; one that was paid back whole is left alone. The caller holds it locked. Idempotent by the history.
 */
export async function walkWonDisputes(tx: Tx, { id, held, won, cause }: Won): Promise<PaymentStatus> {
  if (won === 0 || held === "refunded") return held;
  const { subjectId, event } = paymentTransitions;
  const seen = await tx
    .select({ times: count() })
    .from(paymentTransitions)
    .where(and(eq(subjectId, id), eq(event, "dispute_won")));
  let at = held;
  for (let missed = won - (seen[0]?.times ?? 0); missed > 0; missed--) {
    await converge(tx, paymentMachine, { id, to: "disputed", held: at, cause });
    await converge(tx, paymentMachine, { id, to: "paid", held: "disputed", cause });
    at = "paid";
  }
  return at;
}
