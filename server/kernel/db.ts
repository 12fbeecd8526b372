import { sql } from "drizzle-orm";
import { drizzle, type PostgresJsDatabase } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import type { Actor } from "./actor.ts";
import { actorSettings } from "./actor.ts";
import { databaseError } from "./errors.ts";
import type { Reactions } from "./event.ts";

/** What every write needs to know about the transaction it is in. */
export type TxScope = {
  readonly actor: Actor;
  /** Business time, frozen for the whole transaction. */
  readonly now: Date;
  readonly reactions: Reactions;
};

type Drizzle = PostgresJsDatabase;
/** An open transaction under one actor's row-level security. Everything that writes takes it as its first argument. */
export type Tx = Parameters<Parameters<Drizzle["transaction"]>[0]>[0] & { readonly scope: TxScope };

export type TransactionOptions = {
  /** Acts as somebody else than the context's actor: a sign-in that has just proven who it is. */
  readonly as?: Actor;
  readonly isolation?: "read committed" | "repeatable read" | "serializable";
  readonly readOnly?: boolean;
};

/**
 * The door to PostgreSQL. There is no query outside a transaction: row-level security needs its context inside one.
 * A serialisation failure or deadlock (SQLSTATE 40001, 40P01) is retried up to five times, so `work` must have no effect but through `tx`.
 */
export type Database = {
  transaction<T>(work: (tx: Tx) => Promise<T>, options?: TransactionOptions): Promise<T>;
};

/** One pool of connections as one of the three roles. Prepared statements go through `sql` itself. */
export type Connection = {
  readonly sql: postgres.Sql;
  readonly drizzle: Drizzle;
  close(): Promise<void>;
};

export function connect(
  url: string,
  options: {
    max?: number;
    name: string;
    onNotice?: (message: string) => void;
    settings?: Readonly<Record<string, string>>;
  },
): Connection {
  const client = postgres(url, {
    max: options.max ?? 10,
    idle_timeout: 60,
    connect_timeout: 10,
    connection: { application_name: options.name, ...options.settings },
    onnotice: (notice) => options.onNotice?.(notice["message"] ?? ""),
  });
  return {
    sql: client,
    drizzle: drizzle(client, { casing: "snake_case" }),
    close: () => client.end({ timeout: 5 }),
  };
}

const RETRYABLE = new Set(["40001", "40P01"]);
const ATTEMPTS = 6;

/** A {@link Database} for one actor on a connection. Cheap: made per request and per job. */
export function databaseFor(
  connection: Connection,
  scope: { actor: Actor; now(): Date; reactions: Reactions },
): Database {
  return {
    async transaction(work, options = {}) {
      const actor = options.as ?? scope.actor;
      for (let attempt = 1; ; attempt++) {
        try {
          return await connection.drizzle.transaction(
            async (tx) => {
              await tx.execute(
                sql`select ${sql.join(
                  Object.entries(actorSettings(actor)).map(([name, value]) => sql`set_config(${name}, ${value}, true)`),
                  sql`, `,
                )}`,
              );
              return work(Object.assign(tx, { scope: { actor, now: scope.now(), reactions: scope.reactions } }));
            },
            // Undefined saves the round trip of a `set transaction` that would change nothing.
            options.isolation || options.readOnly
              ? {
                  isolationLevel: options.isolation ?? "read committed",
                  accessMode: options.readOnly ? "read only" : "read write",
                }
              : undefined,
          );
        } catch (error) {
          const code = databaseError(error)?.code;
          if (attempt >= ATTEMPTS || code === undefined || !RETRYABLE.has(code)) throw error;
          await new Promise((resolve) => setTimeout(resolve, 2 ** attempt * 5 * Math.random()));
        }
      }
    },
  };
}
