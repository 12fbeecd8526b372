/**
 * The setting by which a Node process reads its modules compiled, as `npm` commands give it to theirs, for a process that
 * gets no other setting of ours: a third of what most of them do in their life is to load.
 */
export function compileCache(): { NODE_COMPILE_CACHE?: string } {
  const folder = process.env.NODE_COMPILE_CACHE;
  return folder ? { NODE_COMPILE_CACHE: folder } : {};
}

/** What a process that runs from source is started with beside: see short-ways.ts. */
export const SHORT_WAYS = ["--import", new URL("./short-ways.ts", import.meta.url).href] as const;
