import { invariant } from "./invariant.ts";

/**
 * A lifecycle, written once as data: `events[event] = { from, to }`. The CHECK constraint, the README diagram and the
 * tests derive from it; final states are those that no event leaves.
 */
export type Machine<State extends string = string, Event extends string = string> = {
  /** Names events (`order.paid`) and history rows. */
  readonly noun: string;
  readonly table: string;
  readonly history: string;
  /** The column that holds the state. */
  readonly column: string;
  readonly states: readonly State[];
  readonly initial: State;
  readonly events: { readonly [E in Event]: { readonly from: readonly State[]; readonly to: State } };
};

export function defineMachine<const State extends string, const Event extends string>(
  machine: Omit<Machine<State, Event>, "column" | "history" | "table"> & {
    table: string;
    column?: string;
    history?: string;
  },
): Machine<State, Event> {
  const made = { column: "status", history: `${machine.noun}_transitions`, ...machine };
  for (const [event, { from, to }] of Object.entries<{ from: readonly State[]; to: State }>(made.events)) {
    invariant(
      from.length > 0 && [...from, to].every((s) => made.states.includes(s)),
      `${made.noun}.${event} names an unknown state`,
    );
  }
  return made;
}

export function isFinal<State extends string>(machine: Machine<State>, state: State): boolean {
  return !Object.values<{ from: readonly State[]; to: State }>(machine.events).some((e) => e.from.includes(state));
}

/** The events that may happen in `state`: what an operator is offered. */
export function legalEvents<State extends string, Event extends string>(
  machine: Machine<State, Event>,
  state: State,
): Event[] {
  return (Object.keys(machine.events) as Event[]).filter((event) => machine.events[event].from.includes(state));
}

/** The events that lead from `from` to `to` by the shortest way; null when no way does. Empty when they are equal. */
export function pathBetween<State extends string, Event extends string>(
  machine: Machine<State, Event>,
  from: State,
  to: State,
): Event[] | null {
  const seen = new Set<State>([from]);
  let paths: { state: State; events: Event[] }[] = [{ state: from, events: [] }];
  while (paths.length > 0) {
    const hit = paths.find((p) => p.state === to);
    if (hit) return hit.events;
    paths = paths.flatMap((p) =>
      legalEvents(machine, p.state).flatMap((event) => {
        const next = machine.events[event].to;
        if (seen.has(next)) return [];
        seen.add(next);
        return [{ state: next, events: [...p.events, event] }];
      }),
    );
  }
  return null;
}

/** The lifecycle as a Mermaid diagram: what each domain's README shows, checked by a test. */
export function diagram(machine: Machine): string {
  const lines = Object.entries(machine.events).flatMap(([event, { from, to }]) =>
    from.map((state) => `  ${state} --> ${to}: ${event}`),
  );
  const ends = machine.states.filter((s) => isFinal(machine, s)).map((s) => `  ${s} --> [*]`);
  return ["stateDiagram-v2", `  [*] --> ${machine.initial}`, ...lines, ...ends].join("\n");
}
