import { createHash } from "node:crypto";

/** An audit entry exactly as the database holds it; `at` as text in UTC with microseconds. */
export type EntryText = {
  readonly id: string;
  readonly actor: string;
  readonly action: string;
  readonly subject: string;
  readonly reason: string | null;
  readonly detail: string | null;
  readonly fact_key: string | null;
  readonly request_id: string;
  readonly at: string;
};

/** Before the first link of the chain. */
export const GENESIS = "0".repeat(64);

/** The hash of one link: the one before it and the whole entry, in one fixed form. */
export function sealHash(previousHash: string, entry: EntryText): string {
  const { action, actor, at, detail, fact_key, id, reason, request_id, subject } = entry;
  // Keys in the order of the alphabet: two texts of the same entry are the same.
  const canonical = JSON.stringify({ action, actor, at, detail, fact_key, id, reason, request_id, subject });
  return createHash("sha256").update(`${previousHash}\n${canonical}`).digest("hex");
}
