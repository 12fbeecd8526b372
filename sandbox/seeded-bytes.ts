import { createHash } from "node:crypto";
import type { Database } from "./store/database.ts";

const setting = "seeded_blocks";

/**
 * Bytes that depend on a seed and on how many were drawn before: the same seed and calls give the same ids. How far
 * it has come is kept with the state, so a restart goes on and never repeats an id; a reset begins anew.
 */
export function seededBytes(seed: string, database: Database): () => number {
  let block: Buffer | undefined;
  let used = 0;
  database.onRollback(() => {
    block = undefined;
  });
  return () => {
    if (block === undefined || used === block.length) {
      const number = Number(database.setting(setting) ?? 0);
      database.setSetting(setting, number + 1);
      block = createHash("sha256").update(`${seed}:${number}`).digest();
      used = 0;
    }
    const byte = block[used] ?? 0;
    used += 1;
    return byte;
  };
}
