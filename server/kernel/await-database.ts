import { setTimeout as pause } from "node:timers/promises";
import { databaseError } from "./errors.ts";
import type { Log } from "./log.ts";

/** `cannot_connect_now`: PostgreSQL is there and recovers from a crash, or is only starting. */
const STARTING_UP = "57P03";
const PAUSE_MS = 250;
/** Longer than a supervisor takes for a process that dies at once; after it whoever supervises starts us anew. */
const PATIENCE_MS = 60_000;

/**
 * Does the first thing that a process asks of its database, and waits where that is still starting: it comes back by itself,
 * and a process that gave up at once would be given up by its supervisor. Anything else is thrown as it is.
 */
export async function awaitDatabase<T>(
  ask: () => Promise<T>,
  log: Log,
  patience: { readonly pauseMs?: number; readonly withinMs?: number } = {},
): Promise<T> {
  const { pauseMs = PAUSE_MS, withinMs = PATIENCE_MS } = patience;
  const until = performance.now() + withinMs;
  for (let tries = 1; ; tries++) {
    try {
      return await ask();
    } catch (error) {
      if (databaseError(error)?.code !== STARTING_UP || performance.now() > until) throw error;
      if (tries === 1) log.warn("the database is starting up; waiting for it");
      await pause(pauseMs);
    }
  }
}
