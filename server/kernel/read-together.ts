/** Reads something in a transaction. May be called twice: it must have no effect. */
type Read<Tx> = <T>(work: (tx: Tx) => Promise<T>) => Promise<T>;
type Group<Tx> = { readonly tx: Promise<Tx>; running: number; joined: number; end(): void };

/**
 * Lets what is read at the same time share one transaction: a page's loaders ask side by side, and beginning, telling who
 * asks and ending cost more than most of their statements. The first opens it, whoever comes while others read joins,
 * and with the last it ends. A statement that fails spoils the transaction for all in it, so each of them is then read
 * again by itself (`alone`), and only the one that fails there has failed. For reads of one actor alone.
 */
export function readTogether<Tx>(options: {
  begin(work: (tx: Tx) => Promise<void>): Promise<void>;
  alone: Read<Tx>;
  /** Whether an error came from the database, so that the transaction is lost. */
  isOfDatabase(error: unknown): boolean;
}): Read<Tx> {
  let open: Group<Tx> | null = null;

  const begun = (): Group<Tx> => {
    const started = Promise.withResolvers<Tx>();
    const ended = Promise.withResolvers<void>();
    const group = { tx: started.promise, running: 0, joined: 0, end: () => close() };
    const close = () => {
      if (open === group) open = null;
      ended.resolve();
    };
    options
      .begin((tx) => {
        started.resolve(tx);
        return ended.promise;
      })
      // Everybody in it was answered by then, or learns it here: an aborted transaction ends with the error that aborted it.
      .catch((error: unknown) => {
        close();
        started.reject(error);
      });
    return group;
  };

  return async (work) => {
    open ??= begun();
    const group = open;
    group.running += 1;
    group.joined += 1;
    try {
      return await work(await group.tx);
    } catch (error) {
      if (group.joined === 1 || !options.isOfDatabase(error)) throw error;
    } finally {
      group.running -= 1;
      if (group.running === 0) group.end();
    }
    return options.alone(work);
  };
}
