import { sql } from "drizzle-orm";
import { actorName } from "./actor.ts";
import type { Tx } from "./db.ts";
import { DomainError } from "./errors.ts";
import { emit } from "./event.ts";
import { type Machine, pathBetween } from "./lifecycle.ts";
import { send } from "./send.ts";
import { statement } from "./statement.ts";

export { defineMachine, diagram, isFinal, legalEvents, type Machine, pathBetween } from "./lifecycle.ts";

/**
 * What is written with the status, in the same statement and so as one version of the row: by column, a value as the database
 * takes it (an instant as its ISO text), or SQL that holds none.
 */
export type Alongside = Readonly<Record<string, string | number | boolean | null | { readonly sql: string }>>;

type Step = { readonly id: string; readonly reason?: string; readonly cause?: string };

async function currentState(tx: Tx, machine: Machine, id: string, lock = sql`for update`): Promise<string> {
  const rows = await tx.execute<{ state: string }>(
    sql`select ${sql.identifier(machine.column)} as state from ${sql.identifier(machine.table)} where id = ${id} ${lock}`,
  );
  const row = rows[0];
  if (!row) throw new DomainError(`${machine.noun}.not_found`, "not_found", `There is no ${machine.noun} ${id}.`);
  return row.state;
}

type Move = {
  readonly ids: readonly string[];
  readonly from: readonly string[];
  readonly to: string;
  readonly event: string;
  readonly alongside?: Alongside | undefined;
};

/** What is set beside the status, where so many values stand before, and with which values. */
function setting(alongside: Alongside = {}, before: number): [string, (string | number | boolean | null)[]] {
  const values: (string | number | boolean | null)[] = [];
  const set = Object.entries(alongside).map(([name, value]) => {
    if (typeof value === "object" && value !== null) return `, "${name}" = ${value.sql}`;
    return `, "${name}" = $${before + values.push(value)}`;
  });
  return [set.join(""), values];
}

/** Moves what is in one of the states, with its history, in one statement, and emits; answers which. Locks in the order of ids. */
async function move(tx: Tx, machine: Machine, { ids, from, to, event, alongside }: Move, why: Omit<Step, "id">) {
  const { table, column, history } = machine;
  const [set, more] = setting(alongside, 8);
  const within = (list: readonly string[], place: string) =>
    list.length === 1 ? `= ${place}` : `= any (array(select json_array_elements_text(${place}::json)))`;
  const value = (list: readonly string[]) => (list.length === 1 ? (list[0] ?? null) : JSON.stringify(list));
  const rows = await statement<{ id: string }>(
    tx,
    `with held as materialized (
      select id, "${column}" as state from "${table}" where id ${within(ids, "$1")} and "${column}" ${within(from, "$2")} order by id for update
    ), moved as (
      update "${table}" as target set "${column}" = $3::text${set} from held where target.id = held.id returning target.id, held.state
    ), noted as (
      insert into "${history}" (subject_id, event, from_state, to_state, actor, reason, cause, at)
      select id, $4::text, state, $3::text, $5::text, $6::text, $7::text, $8::timestamptz from moved
    )
    select id from moved`,
    [
      ...[value(ids), value(from), to, event, actorName(tx.scope.actor)],
      ...[why.reason ?? null, why.cause ?? null, tx.scope.now.toISOString()],
      ...more,
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
  step: Step & { readonly event: Event; readonly alongside?: Alongside | undefined },
): Promise<void> {
  const { from, to } = machine.events[step.event];
  const { event, alongside } = step;
  const moved = await move(tx, machine, { ids: [step.id], from, to, event, alongside }, step);
  if (moved.length > 0) return;
  // Only told: whoever noted something about it meanwhile holds it so that two who wanted more would wait for each other.
  const state = await currentState(tx, machine, step.id, sql``);
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
  step: Omit<Step, "id"> & {
    readonly ids: readonly string[];
    readonly event: Event;
    readonly alongside?: Alongside | undefined;
  },
): Promise<string[]> {
  if (step.ids.length === 0) return [];
  const { from, to } = machine.events[step.event];
  const { ids, event, alongside } = step;
  return move(tx, machine, { ids, from, to, event, alongside }, step);
}

/**
 * Brings a thing that mirrors a provider to the state seen there, through every step on the way (several may have
 * collapsed into one look), so that each step's reactions happen. Returns the events that happened: none when it is there already,
 * and then `alongside` is not written either. A state that no path reaches throws `<noun>.illegal_transition`.
 */
export async function converge<State extends string, Event extends string>(
  tx: Tx,
  machine: Machine<State, Event>,
  step: Step & {
    readonly to: State;
    /** Its state, by whoever holds it locked. */
    readonly held?: State;
    readonly alongside?: Alongside | undefined;
  },
): Promise<Event[]> {
  const { id, to } = step;
  const from = step.held ?? ((await currentState(tx, machine, id)) as State);
  const ways = waysBetween(machine, from, to);
  if (ways.length === 0) return [];
  const [set, more] = setting(step.alongside, 6);
  const moved = await statement(
    tx,
    `with held as materialized (select id from "${machine.table}" where id = $1 and "${machine.column}" = $2 for update), moved as (
      update "${machine.table}" as target set "${machine.column}" = $3::text${set} from held where target.id = held.id returning target.id
    ), noted as (${noted(machine, "moved", { rest: "$4", ways: "$5", at: "$6" })})
    select id from moved`,
    [id, from, to, whyOf(tx, step), JSON.stringify(ways), tx.scope.now.toISOString(), ...more],
  );
  if (moved.length === 0)
    throw new DomainError(
      `${machine.noun}.conflict`,
      "conflict",
      `The ${machine.noun} has just changed. Look again before you act.`,
    );
  for (const { event } of ways) await emit(tx, { name: `${machine.noun}.${event}`, id });
  return ways.map(({ event }) => event);
}

/**
 * Begins a lifecycle's history, in the transaction that inserts the row: in its initial state, or in `to` where a provider is
 * mirrored and had come so far at the first look. Emits `<noun>.created`, and then each step on the way to `to`.
 */
export async function begin<State extends string, Event extends string>(
  tx: Tx,
  machine: Machine<State, Event>,
  step: Step & { readonly to?: State },
): Promise<void> {
  const { initial, noun } = machine;
  const { id, to = initial } = step;
  const ways = [{ event: "created", from: null, to: initial }, ...waysBetween(machine, initial, to)];
  const text = noted(machine, "(select $1::text as id) as begun", { rest: "$2", ways: "$3", at: "$4" });
  const values = [id, whyOf(tx, step), JSON.stringify(ways), tx.scope.now.toISOString()];
  send(tx, { execute: () => statement(tx, text, values) });
  for (const { event } of ways) await emit(tx, { name: `${noun}.${event}`, id });
}

type Way<State, Event> = { readonly event: Event; readonly from: State; readonly to: State };

/** Every step of the shortest way. Throws `<noun>.illegal_transition` where there is none. */
function waysBetween<State extends string, Event extends string>(
  machine: Machine<State, Event>,
  from: State,
  to: State,
): Way<State, Event>[] {
  const path = pathBetween(machine, from, to);
  if (!path) {
    throw new DomainError(
      `${machine.noun}.illegal_transition`,
      "conflict",
      `A ${machine.noun} that is ${from} cannot become ${to}.`,
      { from, to },
    );
  }
  let at = from;
  return path.map((event) => {
    const way = { event, from: at, to: machine.events[event].to };
    at = way.to;
    return way;
  });
}

/** Appends steps to the history of whatever `subject` has the id of, in their order. */
function noted({ history }: Machine, subject: string, given: { rest: string; ways: string; at: string }): string {
  return `insert into "${history}" (subject_id, event, from_state, to_state, actor, reason, cause, at)
      select id, way->>'event', way->>'from', way->>'to', why->>'actor', why->>'reason', why->>'cause', ${given.at}::timestamptz
      from ${subject}, cast(${given.rest} as json) as why, json_array_elements(${given.ways}::json) with ordinality as walked(way, step)
      order by step`;
}

function whyOf(tx: Tx, { reason, cause }: Omit<Step, "id">): string {
  return JSON.stringify({ actor: actorName(tx.scope.actor), reason, cause });
}
