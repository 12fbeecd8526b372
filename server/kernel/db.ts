import { PgDialect } from "drizzle-orm/pg-core";
import { type PostgresJsDatabase, PostgresJsTransaction } from "drizzle-orm/postgres-js";
import type postgres from "postgres";
import type { Actor } from "./actor.ts";
import { actorSettings } from "./actor.ts";
import type { Connection } from "./connection.ts";
import { doTogether, type Together } from "./do-together.ts";
import { databaseError } from "./errors.ts";
import type { Reactions } from "./event.ts";
import { invariant } from "./invariant.ts";
import { type JobSpec, orderOf } from "./queue-jobs.ts";
import { readTogether } from "./read-together.ts";
import { send } from "./send.ts";
import { statement } from "./statement.ts";
import { LookingSession, PreparingSession } from "./statement-session.ts";

export { type Connection, connect, type DatabaseWatch } from "./connection.ts";

/** What every write needs to know about the transaction it is in. */
export type TxScope = {
  readonly actor: Actor;
  /** Business time, frozen for the whole transaction. */
  readonly now: Date;
  readonly reactions: Reactions;
  /** What goes to the queue with the transaction: see `enqueue`. */
  readonly jobs: JobSpec[];
  /** Statements whose answers nobody waits for: see `send`. */
  readonly sent: Promise<unknown>[];
};

type DrizzleTransaction = Parameters<Parameters<PostgresJsDatabase["transaction"]>[0]>[0];
/** An open transaction under one actor's row-level security. Everything that writes takes it as its first argument. */
export type Tx = DrizzleTransaction & { readonly scope: TxScope };

export type TransactionOptions = {
  /** Acts as somebody else than the context's actor: a sign-in that has just proven who it is. */
  readonly as?: Actor;
  readonly isolation?: "read committed" | "repeatable read" | "serializable";
  readonly readOnly?: boolean;
  /** A single statement of the system, which is a transaction by itself: it is neither begun nor ended in words. */
  readonly alone?: boolean;
  /** Of the system: done with others of its kind that come in the same moment, each about something else ({@link doTogether}). */
  readonly together?: Together;
};

/**
 * The door to PostgreSQL. There is no query outside a transaction: row-level security needs its context inside one.
 * A serialisation failure or deadlock (SQLSTATE 40001, 40P01) is retried up to five times, so `work` must have no effect but through `tx`.
 */
export type Database = {
  transaction<T>(work: (tx: Tx) => Promise<T>, options?: TransactionOptions): Promise<T>;
};

/** An earlier statement of the transaction has failed. */
const ABORTED = "25P02";
const RETRYABLE = new Set(["40001", "40P01"]);
const ATTEMPTS = 6;

/**
 * A {@link Database} for one actor on a connection. Cheap: made per request and per job. What a visitor's or a member's
 * page reads side by side shares one transaction; staff's pages have heavy lists beside light ones, which do not wait.
 */
export function databaseFor(
  connection: Connection,
  scope: { actor: Actor; now(): Date; reactions: Reactions },
): Database {
  const transaction: Database["transaction"] = (work, options = {}) => {
    const { together: shared, ...rest } = options;
    const { actor, reactions } = scope;
    if (!shared || actor.kind !== "system" || options.as || options.isolation) return byItself(work, rest);
    const own = { actor, now: scope.now(), reactions };
    return shareOn(connection, rest.readOnly)(shared, own, work, () => byItself(work, rest));
  };
  const byItself: Database["transaction"] = async (work, options = {}) => {
    const actor = options.as ?? scope.actor;
    for (let attempt = 1; ; attempt++) {
      try {
        const { reactions } = scope;
        const scoped = (tx: DrizzleTransaction) =>
          Object.assign(tx, { scope: { actor, now: scope.now(), reactions, jobs: [], sent: [] } });
        if (isAlone(actor, options)) return await alone(connection, options, scoped, work);
        return await begin(connection, actor, options, scoped, work);
      } catch (error) {
        const code = databaseError(error)?.code;
        if (attempt >= ATTEMPTS || code === undefined || !RETRYABLE.has(code)) throw error;
        await new Promise((resolve) => setTimeout(resolve, 2 ** attempt * 5 * Math.random()));
      }
    }
  };
  const read = <T>(work: (tx: Tx) => Promise<T>) => transaction(work, { readOnly: true });
  const together = readTogether<Tx>({
    begin: read,
    alone: read,
    isOfDatabase: (error) => databaseError(error) !== null,
  });
  const shares = scope.actor.kind === "anonymous" || scope.actor.kind === "customer";
  return {
    transaction(work, options = {}) {
      const plain = shares && options.readOnly && options.as === undefined && options.isolation === undefined;
      return plain ? together(work) : transaction(work, options);
    },
  };
}

type OwnScope = Pick<TxScope, "actor" | "now" | "reactions">;
type Share = ReturnType<typeof doTogether<OwnScope, Tx>>;
const shares = new WeakMap<Connection, { readonly looks: Share; readonly writes: Share }>();

/** What is done together goes one way, whichever contexts it comes from: looks over one connection, the rest in one transaction. */
function shareOn(connection: Connection, looks = false): Share {
  const known = shares.get(connection) ?? {
    looks: doTogether<OwnScope, Tx>((scopes, work) => lookTogether(connection, scopes, work)),
    writes: doTogether<OwnScope, Tx>(async (scopes, work) => {
      const [first] = scopes;
      if (!first) return;
      const scoped = (tx: DrizzleTransaction) => Object.assign(tx, { scope: { ...first, jobs: [], sent: [] } });
      await begin(connection, first.actor, {}, scoped, (tx) => {
        // Who waits for somebody's lock waits alone.
        send(tx, { execute: () => statement(tx, "select set_config('lock_timeout', '500ms', true)", []) });
        return work(faces(tx._.session, scopes, tx.scope));
      });
    }),
  };
  shares.set(connection, known);
  return looks ? known.looks : known.writes;
}

/** The transaction as each of those sees it who share it: under their own scope; what they send and order is gathered. */
function faces(session: unknown, scopes: readonly OwnScope[], { jobs, sent }: Pick<TxScope, "jobs" | "sent">): Tx[] {
  return scopes.map((own) => {
    const tx = new PostgresJsTransaction(dialect, session as never, undefined);
    return Object.assign(tx, { scope: { ...own, jobs, sent } }) as unknown as Tx;
  });
}

async function lookTogether(
  { sql: client, watch }: Connection,
  scopes: readonly OwnScope[],
  work: (txs: readonly Tx[]) => Promise<void>,
): Promise<void> {
  const connection = await client.reserve();
  try {
    const session = new LookingSession(connection, dialect, undefined);
    session.watch = watch;
    await work(faces(session, scopes, { jobs: [], sent: [] }));
  } finally {
    connection.release();
  }
}

/** Does the work, and then gives what it ordered to the queue in the same transaction, on its way together with the transaction's end. */
async function queued<T>(tx: Tx, work: (tx: Tx) => Promise<T>): Promise<T> {
  const result = await work(tx);
  const order = orderOf(tx);
  if (order) send(tx, order);
  return result;
}

/**
 * Whether nothing has to be said to begin: a look by the system, whose role has no settings and whose statements each see
 * the moment they begin at anyhow. Half of what a worker asks is one statement that would travel three times.
 */
function isAlone(actor: Actor, { readOnly = false, alone = readOnly, isolation }: TransactionOptions): boolean {
  return alone && actor.kind === "system" && isolation === undefined;
}

async function alone<T>(
  connection: Connection,
  { readOnly }: TransactionOptions,
  scoped: (tx: DrizzleTransaction) => Tx,
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  const session = new (readOnly ? LookingSession : PreparingSession)(connection.sql, dialect, undefined);
  session.watch = connection.watch;
  const tx = scoped(new PostgresJsTransaction(dialect, session as never, undefined));
  const result = await work(tx);
  invariant(
    tx.scope.jobs.length + tx.scope.sent.length === 0,
    "a statement by itself orders nothing and sends no other",
  );
  return result;
}

/** How names and values are written in SQL. */
export const dialect = new PgDialect({ casing: "snake_case" });

const SETTING_NAMES = Object.keys(actorSettings({ kind: "anonymous", tokens: [] }));
const SET_CONTEXT = `select ${SETTING_NAMES.map((name, index) => `set_config('${name}', $${index + 1}, true)`).join(", ")}`;

/**
 * Opens a transaction under an actor. The settings that row-level security reads are on their way before the work's first
 * statement and in the same packet, without a round trip of their own; should they fail, so does everything after them.
 * The system has none: the service role sees all rows by its own policy, and any other role without settings sees none.
 */
async function begin<T>(
  { sql: client, watch }: Connection,
  actor: Actor,
  options: TransactionOptions,
  scoped: (tx: DrizzleTransaction) => Tx,
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  const mode = [options.isolation && `isolation level ${options.isolation}`, options.readOnly && "read only"];
  const asked = performance.now();
  let sent: readonly Promise<unknown>[] = [];
  const done = await client.begin(mode.filter(Boolean).join(" "), async (connection) => {
    watch?.waited((performance.now() - asked) / 1000);
    if (actor.kind !== "system") {
      connection.unsafe(SET_CONTEXT, Object.values(actorSettings(actor)), { prepare: true }).execute();
    }
    const session = new PreparingSession(connection as unknown as postgres.Sql, dialect, undefined);
    session.watch = watch;
    const tx = scoped(new PostgresJsTransaction(dialect, session as never, undefined));
    sent = tx.scope.sent;
    try {
      return { result: await queued(tx, work) };
    } catch (error) {
      throw databaseError(error)?.code === ABORTED ? session.failure : error;
    } finally {
      session.over = true;
    }
  });
  // What failed on its way beside the end has made of it a rollback.
  await Promise.all(sent);
  return done.result as T;
}
