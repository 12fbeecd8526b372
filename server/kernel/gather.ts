type Waiting<Item, Result> = { readonly item: Item; resolve(result: Result): void; reject(error: unknown): void };

/**
 * Asks for many things in one call: what is wanted in the same moment, and whatever has gathered while `flights` calls are
 * under way. Nothing is kept and no timer runs; one alone is asked for at once. A call that fails fails for everything in it.
 */
export function gather<Item, Result>(options: {
  /** Answers in the order asked. */
  ask(items: readonly Item[]): Promise<readonly Result[]>;
  readonly most: number;
  readonly flights: number;
}): (item: Item) => Promise<Result> {
  const queue: Waiting<Item, Result>[] = [];
  let flying = 0;
  let gathering = false;

  const fly = async (group: readonly Waiting<Item, Result>[]) => {
    flying += 1;
    try {
      const results = await options.ask(group.map(({ item }) => item));
      if (results.length !== group.length) throw new Error("Not everything that was asked for was answered.");
      for (const [index, result] of results.entries()) group[index]?.resolve(result);
    } catch (error) {
      for (const waiting of group) waiting.reject(error);
    } finally {
      flying -= 1;
      pump();
    }
  };
  const pump = () => {
    while (flying < options.flights && queue.length > 0) void fly(queue.splice(0, options.most));
  };

  return (item) =>
    new Promise((resolve, reject) => {
      queue.push({ item, resolve, reject });
      if (gathering) return;
      gathering = true;
      setImmediate(() => {
        gathering = false;
        pump();
      });
    });
}
