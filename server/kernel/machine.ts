import { sql } from "drizzle-orm";
import { actorName } from "./actor.ts";
import type { Tx } from "./db.ts";
import { DomainError } from "./errors.ts";
import { emit } from "./event.ts";
import { invariant } from "./invariant.ts";
import { send } from "./send.ts";
import { statement } from "./statement.ts";

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
  const moved = await move(tx, machine, { ids: [step.id], from: [from], to, event }, step);
  if (moved.length === 0)
    throw new DomainError(
      `${machine.noun}.conflict`,
      "conflict",
      `The ${machine.noun} has just changed. Look again before you act.`,
    );
}

type Move = { readonly ids: readonly string[]; readonly from: readonly string[]; readonly to: string; event: string };

/** Moves what is in one of the states, with its history, in one statement, and emits; answers which. Locks in the order of ids. */
async function move(tx: Tx, machine: Machine, { ids, from, to, event }: Move, why: Omit<Step, "id">) {
  const { table, column, history } = machine;
  const within = (list: readonly string[], place: string) =>
    list.length === 1 ? `= ${place}` : `= any (array(select json_array_elements_text(${place}::json)))`;
  const value = (list: readonly string[]) => (list.length === 1 ? (list[0] ?? null) : JSON.stringify(list));
  const rows = await statement<{ id: string }>(
    tx,
    `with held as materialized (
      select id, "${column}" as state from "${table}" where id ${within(ids, "$1")} and "${column}" ${within(from, "$2")} order by id for update
    ), moved as (
      update "${table}" as target set "${column}" = $3::text from held where target.id = held.id returning target.id, held.state
    ), noted as (
      insert into "${history}" (subject_id, event, from_state, to_state, actor, reason, cause, at)
      select id, $4::text, state, $3::text, $5::text, $6::text, $7::text, $8::timestamptz from moved
    )
    select id from moved`,
    [
      ...[value(ids), value(from), to, event, actorName(tx.scope.actor)],
      ...[why.reason ?? null, why.cause ?? null, tx.scope.now.toISOString()],
    ],
  );
  for (const { id } of rows) await emit(tx, { name: `${machine.noun}.${event}`, id });
  return rows.map(({ id }) => id);
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
  const { from, to } = machine.events[step.event];
  const moved = await move(tx, machine, { ids: [step.id], from, to, event: step.event }, step);
  if (moved.length > 0) return;
  const state = await currentState(tx, machine, step.id);
  throw new DomainError(
    `${machine.noun}.illegal_transition`,
    "conflict",
    `A ${machine.noun} that is ${state} cannot be ${step.event}.`,
    { from: state, event: step.event },
  );
}

/**
 * The same for many at once, in one statement: moves those to which the event may happen now, each with its history and
 * its reactions, and answers which. The others are left as they are.
 */
export async function transitionAll<Event extends string>(
  tx: Tx,
  machine: Machine<string, Event>,
  step: Omit<Step, "id"> & { readonly ids: readonly string[]; readonly event: Event },
): Promise<string[]> {
  if (step.ids.length === 0) return [];
  const { from, to } = machine.events[step.event];
  return move(tx, machine, { ids: step.ids, from, to, event: step.event }, step);
}

/**
 * Brings a thing that mirrors a provider to the state seen there, through every step on the way (several may have
 * collapsed into one look), so that each step's reactions happen. Returns the events that happened: none when it is there already.
 * A state that no path reaches throws `<noun>.illegal_transition`.
 */
export async function converge<State extends string, Event extends string>(
  tx: Tx,
  machine: Machine<State, Event>,
  step: Step & { readonly to: State /** Its state, by whoever holds it locked. */; readonly held?: State },
): Promise<Event[]> {
  const from = step.held ?? ((await currentState(tx, machine, step.id)) as State);
  const path = pathBetween(machine, from, step.to);
  if (!path) {
    throw new DomainError(
      `${machine.noun}.illegal_transition`,
      "conflict",
      `A ${machine.noun} that is ${from} cannot become ${step.to}.`,
      { from, to: step.to },
    );
  }
  // In one packet; the database works them off in this order.
  const ways = path.map((event, index) => ({
    event,
    at: index === 0 ? from : machine.events[path[index - 1] ?? event].to,
  }));
  await Promise.all(ways.map(({ event, at }) => write(tx, machine, at, machine.events[event].to, event, step)));
  return path;
}

/** Begins a lifecycle's history, in the transaction that inserted the row in its initial state. Emits `<noun>.created`. */
export async function begin(tx: Tx, machine: Machine, { id, reason, cause }: Step): Promise<void> {
  const { history, initial } = machine;
  send(tx, {
    execute: () =>
      statement(
        tx,
        `insert into "${history}" (subject_id, event, from_state, to_state, actor, reason, cause, at)
          values ($1, 'created', null, $2, $3, $4, $5, $6)`,
        [id, initial, actorName(tx.scope.actor), reason ?? null, cause ?? null, tx.scope.now.toISOString()],
      ),
  });
  await emit(tx, { name: `${machine.noun}.created`, id });
}

/** The lifecycle as a Mermaid diagram: what each domain's README shows, checked by a test. */
export function diagram(machine: Machine): string {
  const lines = Object.entries(machine.events).flatMap(([event, { from, to }]) =>
    from.map((state) => `  ${state} --> ${to}: ${event}`),
  );
  const ends = machine.states.filter((s) => isFinal(machine, s)).map((s) => `  ${s} --> [*]`);
  return ["stateDiagram-v2", `  [*] --> ${machine.initial}`, ...lines, ...ends].join("\n");
}
