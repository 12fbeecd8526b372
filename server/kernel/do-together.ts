import { AsyncLocalStorage } from "node:async_hooks";

/** Of which kind something is, and what it is about: two about the same thing are never done together. */
export type Together = { readonly of: string; readonly about: readonly string[] };

/** What was taken up at once: whether it was done together, and how many of it are not over yet. `land`: others may take off. */
type Flight = { together: boolean; left: number; land(): void };
type Waiting<Scope, Tx> = {
  readonly about: readonly string[];
  readonly scope: Scope;
  work(tx: Tx): Promise<void>;
  /** Does something as whoever asked: under the id of their request. */
  readonly as: <T>(what: () => T) => T;
  takeOff(flight: Flight): void;
};
type Kind<Scope, Tx> = { queue: Waiting<Scope, Tx>[]; flying: number; gathering: boolean };

/** So many at most are done together, and so many such groups of a kind are under way, of those that began less than so many milliseconds ago. */
const [MOST, FLIGHTS, PATIENCE_MS] = [16, 1, 500];
/** So many where a whole group waits beside those: it would not become larger. */
const WHOLE_FLIGHTS = 2;

/**
 * Lets what jobs of one kind do at the same time share one transaction (what only looks: one connection): its beginning, its end
 * and the wait for the disk cost more than most of what is written, and statements that are made in the same moment travel in one
 * packet. Whoever comes while others are under way gathers; no timer runs, and one that is alone stays so. Locks are of a
 * transaction and keep nobody out who is in it: so two about the same thing never share one. What fails fails all of it: each is
 * then done again by itself (`alone`), and only the one that fails there has failed. `work` must have no effect but through its `tx`.
 */
export function doTogether<Scope, Tx>(
  begin: (scopes: readonly Scope[], work: (txs: readonly Tx[]) => Promise<void>) => Promise<void>,
): <T>(together: Together, scope: Scope, work: (tx: Tx) => Promise<T>, alone: () => Promise<T>) => Promise<T> {
  const kinds = new Map<string, Kind<Scope, Tx>>();
  const inTheAir = new Set<string>();

  /** As many as may share a transaction; the others stay in their order. */
  const take = (kind: Kind<Scope, Tx>): Waiting<Scope, Tx>[] => {
    const group: Waiting<Scope, Tx>[] = [];
    const left: Waiting<Scope, Tx>[] = [];
    for (const one of kind.queue) {
      if (group.length === MOST || one.about.some((name) => inTheAir.has(name))) left.push(one);
      else {
        group.push(one);
        for (const name of one.about) inTheAir.add(name);
      }
    }
    kind.queue = left;
    return group;
  };

  const fly = async (kind: Kind<Scope, Tx>, group: readonly Waiting<Scope, Tx>[]): Promise<void> => {
    kind.flying += 1;
    // One that waits for somebody's lock keeps nobody waiting that has nothing to do with it.
    const timer = setTimeout(() => flight.land(), PATIENCE_MS);
    const flight: Flight = {
      together: group.length > 1,
      left: group.length,
      land() {
        clearTimeout(timer);
        flight.land = () => {};
        kind.flying -= 1;
        pump(kind);
      },
    };
    if (flight.together) {
      const write = async (txs: readonly Tx[]) => {
        const ends = await Promise.allSettled(
          txs.map((tx, index) => {
            const one = group[index];
            return one?.as(() => one.work(tx));
          }),
        );
        for (const end of ends) if (end.status === "rejected") throw end.reason;
      };
      const scopes = group.map(({ scope }) => scope);
      await begin(scopes, write).catch(() => {
        flight.together = false;
      });
    }
    for (const one of group) one.takeOff(flight);
  };

  const pump = (kind: Kind<Scope, Tx>): void => {
    kind.gathering = false;
    while (kind.flying < (kind.queue.length < MOST ? FLIGHTS : WHOLE_FLIGHTS)) {
      const group = take(kind);
      if (group.length === 0) return;
      void fly(kind, group);
    }
  };

  return async <T>(
    { of, about }: Together,
    scope: Scope,
    work: (tx: Tx) => Promise<T>,
    alone: () => Promise<T>,
  ): Promise<T> => {
    const kind = kinds.get(of) ?? { queue: [], flying: 0, gathering: false };
    kinds.set(of, kind);
    const names = about.map((name) => `${of} ${name}`);
    let result: { readonly of: T } | undefined;
    const noted = async (tx: Tx) => {
      result = { of: await work(tx) };
    };
    const flight = await new Promise<Flight>((takeOff) => {
      kind.queue.push({ about: names, scope, work: noted, as: AsyncLocalStorage.snapshot(), takeOff });
      if (kind.gathering) return;
      kind.gathering = true;
      setImmediate(() => pump(kind));
    });
    try {
      return flight.together && result ? result.of : await alone();
    } finally {
      for (const name of names) inTheAir.delete(name);
      flight.left -= 1;
      if (flight.left === 0) flight.land();
      // Whoever is about the same has waited for this, even where it landed long ago.
      pump(kind);
    }
  };
}
