import type { Tx } from "./db.ts";

/**
 * Sends a statement whose answer nobody needs, and does not wait for it: what follows travels in the same packet, up to the
 * transaction's end. The database works statements off in the order they were sent; should this one fail, so does the
 * whole transaction, with this one's error. Not for one whose failure is expected, or whose count of rows decides.
 */
export function send(tx: Tx, statement: { execute(): Promise<unknown> }): void {
  const answer = statement.execute();
  answer.catch(() => {});
  tx.scope.sent.push(answer);
}
