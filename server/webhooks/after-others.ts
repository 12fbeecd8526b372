/** One that takes longer keeps nobody waiting any more: order is never needed, it only spares looks. */
const PATIENCE_MS = 5_000;

type Waiting<Item> = { readonly item: Item; go(how: "turn" | "along"): void };

/**
 * Lets what is about the same thing happen one after the other in this process. A renewal comes as eight notifications at
 * once; when the first has looked at all of it, `takeAlong` is shown the others that wait and settles together those for
 * which nothing is left to do: it answers which, and their own work is not done (`along`). `about` null: it is about nothing that
 * others could be about.
 */
export function createTurns<Item>(takeAlong: (items: readonly Item[]) => Promise<ReadonlySet<Item>>) {
  /** Whoever is not there is about nothing that happens now. */
  const waiting = new Map<string, Waiting<Item>[]>();

  const passOn = async (about: string) => {
    const queue = waiting.get(about);
    if (!queue) return;
    if (queue.length > 0) {
      const settled = await takeAlong(queue.map(({ item }) => item)).catch(() => new Set<Item>());
      for (const one of [...queue]) if (settled.has(one.item)) leave(queue, one, "along");
    }
    const next = queue[0];
    if (next) leave(queue, next, "turn");
    else waiting.delete(about);
  };

  return async <T>(about: string | null, item: Item, work: () => Promise<T>): Promise<T | "along"> => {
    if (about === null) return work();
    const queue = waiting.get(about);
    let ordered = true;
    if (queue === undefined) waiting.set(about, []);
    else {
      const how = await turnIn(queue, item);
      if (how === "along") return "along";
      ordered = how === "turn";
    }
    try {
      return await work();
    } finally {
      // Whoever lost patience has no turn to pass on.
      if (ordered) void passOn(about);
    }
  };
}

function turnIn<Item>(queue: Waiting<Item>[], item: Item): Promise<"turn" | "along" | "impatient"> {
  return new Promise((resolve) => {
    const one: Waiting<Item> = {
      item,
      go(how) {
        clearTimeout(timer);
        resolve(how);
      },
    };
    const timer = setTimeout(() => {
      queue.splice(queue.indexOf(one), 1);
      resolve("impatient");
    }, PATIENCE_MS);
    queue.push(one);
  });
}

function leave<Item>(queue: Waiting<Item>[], one: Waiting<Item>, how: "turn" | "along"): void {
  const at = queue.indexOf(one);
  // It lost patience while the others were settled.
  if (at < 0) return;
  queue.splice(at, 1);
  one.go(how);
}
