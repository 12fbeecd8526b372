import type { Tx } from "../kernel/db.ts";
import type { NewPosting } from "./posting.ts";
import { type WrittenPosting, writePosting } from "./write-posting.ts";

/**
 * Moves value: writes a posting with its entries in the caller's transaction, whole or not at all.
 *
 * Idempotent by `key`, for ever: the same posting again changes nothing (`fresh` is false). Locks the balance rows of
 * guarded accounts until the transaction ends, in the order of their ids; other accounts are never locked. Throws
 * `ledger.insufficient` when a guarded account would go below zero, or below what is held; `ledger.key_reused` when the
 * key names another movement. Entries that do not sum to zero per currency are a bug and refused by the database, too.
 */
export async function post(tx: Tx, posting: NewPosting): Promise<WrittenPosting> {
  return writePosting(tx, { ...whole(posting), phase: "posted" });
}

/**
 * The same, but only held: what flows out of guarded accounts can be spent by nobody else until `settlePosting` posts or
 * voids it. It is in no balance yet.
 */
export async function hold(tx: Tx, posting: NewPosting): Promise<WrittenPosting> {
  return writePosting(tx, { ...whole(posting), phase: "pending" });
}

function whole({ key, kind, source, entries, reason }: NewPosting) {
  return { key, kind, source, entries, reason: reason ?? null, settles: null, reverses: null, settled: [] };
}
