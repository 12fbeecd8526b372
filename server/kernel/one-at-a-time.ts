/** Whoever has waited this long goes on beside the others: order is never needed for what this is used for, it only spares work. */
const PATIENCE_MS = 5_000;

/**
 * Lets work about the same thing happen one after the other in this process. `work` is told whether it had to wait: what it
 * wanted to do may be done by now. One that fails keeps nobody back.
 */
export function oneAtATime() {
  /** The last of those about each thing; whatever is not there, nobody works on. */
  const last = new Map<string, Promise<void>>();

  return async <T>(about: string, work: (waited: boolean) => Promise<T>): Promise<T> => {
    const before = last.get(about);
    const { promise: mine, resolve: end } = Promise.withResolvers<void>();
    last.set(about, mine);
    try {
      if (before !== undefined) await patiently(before);
      return await work(before !== undefined);
    } finally {
      end();
      if (last.get(about) === mine) last.delete(about);
    }
  };
}

async function patiently(before: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const enough = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, PATIENCE_MS);
  });
  await Promise.race([before, enough]);
  clearTimeout(timer);
}
