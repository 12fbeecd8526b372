import { sql } from "drizzle-orm";
import { actorName } from "./actor.ts";
import type { Tx } from "./db.ts";
import { DomainError } from "./errors.ts";
import { emit } from "./event.ts";
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

type Step = { readonly id: string; readonly reason?: string; readonly cause?: string };

async function currentState(tx: Tx, machine: Machine, id: string): Promise<string> {
  const rows = await tx.execute<{ state: string }>(
    sql`select ${sql.identifier(machine.column)} as state from ${sql.identifier(machine.table)} where id = ${id} for update`,
  );
  const row = rows[0];
  if (!row) throw new DomainError(`${machine.noun}.not_found`, "not_found", `There is no ${machine.noun} ${id}.`);
  return row.state;
}

async function write(tx: Tx, machine: Machine, from: string, to: string, event: string, step: Step): Promise<void> {
  // In one packet, in this order: should the first move nothing, the transaction ends and the history with it.
  const [moved] = await Promise.all([
    tx.execute(
      sql`update ${sql.identifier(machine.table)} set ${sql.identifier(machine.column)} = ${to}
        where id = ${step.id} and ${sql.identifier(machine.column)} = ${from} returning id`,
    ),
    tx.execute(
      sql`insert into ${sql.identifier(machine.history)} (subject_id, event, from_state, to_state, actor, reason, cause, at)
        values (${step.id}, ${event}, ${from}, ${to}, ${actorName(tx.scope.actor)}, ${step.reason ?? null}, ${step.cause ?? null}, ${tx.scope.now.toISOString()})`,
    ),
  ]);
  if (moved.length === 0)
    throw new DomainError(
      `${machine.noun}.conflict`,
      "conflict",
      `The ${machine.noun} has just changed. Look again before you act.`,
    );
  await emit(tx, { name: `${machine.noun}.${event}`, id: step.id });
}

/**
 * Moves one thing by one event; the only way a status is written. Appends to the history and emits `<noun>.<event>`.
 * Throws `<noun>.not_found`, or `<noun>.illegal_transition` (conflict) when the event may not happen in its state.
 */
export async function transition<Event extends string>(
  tx: Tx,
  machine: Machine<string, Event>,
  step: Step & { readonly event: Event },
): Promise<void> {
  const from = await currentState(tx, machine, step.id);
  const rule = machine.events[step.event];
  if (!rule.from.includes(from)) {
    throw new DomainError(
      `${machine.noun}.illegal_transition`,
      "conflict",
      `A ${machine.noun} that is ${from} cannot be ${step.event}.`,
      { from, event: step.event },
    );
  }
  await write(tx, machine, from, rule.to, step.event, step);
}

/**
 * Brings a thing that mirrors a provider to the state seen there, through every step on the way (several may have
 * collapsed into one look), so that each step's reactions happen. Returns the events that happened: none when it is there already.
 * A state that no path reaches throws `<noun>.illegal_transition`.
 */
export async function converge<State extends string, Event extends string>(
  tx: Tx,
  machine: Machine<State, Event>,
  step: Step & { readonly to: State },
): Promise<Event[]> {
  const from = (await currentState(tx, machine, step.id)) as State;
  const path = pathBetween(machine, from, step.to);
  if (!path) {
    throw new DomainError(
      `${machine.noun}.illegal_transition`,
      "conflict",
      `A ${machine.noun} that is ${from} cannot become ${step.to}.`,
      { from, to: step.to },
    );
  }
  let at = from;
  for (const event of path) {
    const next = machine.events[event].to;
    await write(tx, machine, at, next, event, step);
    at = next;
  }
  return path;
}

/** Begins a lifecycle's history, in the transaction that inserted the row in its initial state. Emits `<noun>.created`. */
export async function begin(tx: Tx, machine: Machine, step: Step): Promise<void> {
  await tx.execute(
    sql`insert into ${sql.identifier(machine.history)} (subject_id, event, from_state, to_state, actor, reason, cause, at)
        values (${step.id}, 'created', null, ${machine.initial}, ${actorName(tx.scope.actor)}, ${step.reason ?? null}, ${step.cause ?? null}, ${tx.scope.now.toISOString()})`,
  );
  await emit(tx, { name: `${machine.noun}.created`, id: step.id });
}

/** The lifecycle as a Mermaid diagram: what each domain's README shows, checked by a test. */
export function diagram(machine: Machine): string {
  const lines = Object.entries(machine.events).flatMap(([event, { from, to }]) =>
    from.map((state) => `  ${state} --> ${to}: ${event}`),
  );
  const ends = machine.states.filter((s) => isFinal(machine, s)).map((s) => `  ${s} --> [*]`);
  return ["stateDiagram-v2", `  [*] --> ${machine.initial}`, ...lines, ...ends].join("\n");
}
