import type { Ctx } from "../kernel/ctx.ts";
import { gather } from "../kernel/gather.ts";
import { createTurns } from "./after-others.ts";
import { settleTogether, type WaitingEvent } from "./settle-together.ts";
import { findEvents, type StoredEvent } from "./stored-event.ts";

type Reading = { readonly ctx: Ctx; readonly id: string };
type Waiting = WaitingEvent & { readonly ctx: Ctx };

/** What the events that one process follows up at the same time share. */
export type EventDesk = {
  /** Events that are asked for in the same moment are read together. */
  read(asked: Reading): Promise<StoredEvent | undefined>;
  /** Whether nothing was left to do for one, and it is marked: those of the same moment together. */
  settle(one: Waiting): Promise<boolean>;
  readonly inTurn: ReturnType<typeof createTurns<Waiting>>;
  /** Of whom something was followed up a moment ago. */
  readonly recent: { has(payer: string | null): boolean; add(payer: string | null): void };
  /** Whose money an event is about, as the provider names them; null where it names nobody. */
  payerOf(event: StoredEvent): string | null;
};

/** One for each composition of a process, which its ports stand for. */
const desks = new WeakMap<object, EventDesk>();

export function deskOf(ctx: Ctx): EventDesk {
  const ports = ctx.providers as object;
  const known = desks.get(ports);
  if (known) return known;
  const desk = createDesk();
  desks.set(ports, desk);
  return desk;
}

const TOGETHER = { most: 64, flights: 2 } as const;

function createDesk(): EventDesk {
  const settleAll = async (waiting: readonly Waiting[]): Promise<ReadonlySet<Waiting>> => {
    const [first] = waiting;
    const settled = first ? await settleTogether(first.ctx, waiting) : new Set<string>();
    return new Set(waiting.filter((one) => settled.has(one.event.id)));
  };
  const recent = recentNames(10_000);
  // What is settled in the same moment is one transaction, whoever they are about.
  const settle = gather<Waiting, boolean>({
    ...TOGETHER,
    async ask(waiting) {
      const settled = await settleAll(waiting);
      return waiting.map((one) => settled.has(one));
    },
  });
  const settleEach = async (waiting: readonly Waiting[]): Promise<ReadonlySet<Waiting>> => {
    const settled = await Promise.all(waiting.map(settle));
    return new Set(waiting.filter((_, index) => settled[index]));
  };
  return {
    read: gather<Reading, StoredEvent | undefined>({
      ...TOGETHER,
      async ask(asked) {
        const ids = asked.map(({ id }) => id);
        const found = await asked[0]?.ctx.db.transaction((tx) => findEvents(tx, ids), { readOnly: true });
        return ids.map((id) => found?.get(id));
      },
    }),
    settle,
    inTurn: createTurns(settleEach),
    recent: {
      has: (payer) => payer !== null && recent.has(payer),
      add: (payer) => payer !== null && recent.add(payer),
    },
    payerOf: ({ object: { customer } }) => (typeof customer === "string" ? customer : null),
  };
}

/** Remembers so many names, the newest. It only spares work: a name that was forgotten costs a look. */
function recentNames(most: number) {
  const names = new Set<string>();
  return {
    has: (name: string) => names.has(name),
    add(name: string): void {
      names.delete(name);
      names.add(name);
      if (names.size > most) for (const oldest of names) return void names.delete(oldest);
    },
  };
}
