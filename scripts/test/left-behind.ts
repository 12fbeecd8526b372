import { readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { readPidFile } from "../postgres/postmaster.ts";
import { isAlive } from "../process/alive.mjs";

/** A run that is just starting has no server yet. */
const STARTING_MS = 10 * 60_000;

/**
 * Removes what runs that were killed have left in `parent`: folders that begin with `prefix`, in whose database no server
 * runs and which nobody has begun in the last ten minutes. In memory they would lie there until the machine starts again.
 */
export function removeLeftBehind(parent: string, prefix: string, now = Date.now()): void {
  for (const name of readdirSync(parent)) {
    if (!name.startsWith(prefix)) continue;
    const folder = join(parent, name);
    try {
      if (now - statSync(folder).mtimeMs > STARTING_MS && !isServed(folder))
        rmSync(folder, { recursive: true, force: true });
    } catch {
      // Another's, or removed meanwhile by whoever looked too.
    }
  }
}

function isServed(folder: string): boolean {
  const server = readPidFile(join(folder, "postgres"));
  return server !== null && isAlive(server.pid);
}
