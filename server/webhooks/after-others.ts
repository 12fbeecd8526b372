import { setTimeout as pause } from "node:timers/promises";

/** One that takes longer keeps nobody waiting any more: order is never needed, it only spares looks. */
const PATIENCE_MS = 5_000;

const running = new Map<string, Promise<void>>();

/**
 * Lets what is about the same thing happen one after the other in this process. A renewal comes as eight notifications at
 * once; when the first has looked at all of it, the others find that nothing is left to do and need not ask. `null`: it
 * is about nothing that others could be about.
 */
export async function afterOthers<T>(about: string | null, work: () => Promise<T>): Promise<T> {
  if (about === null) return work();
  const before = running.get(about);
  const done = Promise.withResolvers<void>();
  running.set(about, done.promise);
  try {
    if (before !== undefined) await atMost(before);
    return await work();
  } finally {
    done.resolve();
    if (running.get(about) === done.promise) running.delete(about);
  }
}

async function atMost(before: Promise<void>): Promise<void> {
  const over = new AbortController();
  await Promise.race([before, pause(PATIENCE_MS, undefined, { signal: over.signal }).catch(() => {})]);
  over.abort();
}
