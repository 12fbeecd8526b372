import { drizzle } from "drizzle-orm/postgres-js";
import postgres from "postgres";

/** Is told how long things take; must not throw. */
export type DatabaseWatch = {
  /** From a statement's sending to its answer. */
  query(seconds: number): void;
  /** Until a transaction had a connection. */
  waited(seconds: number): void;
};

/** One pool of connections as one of the three roles. */
export type Connection = {
  readonly sql: postgres.Sql;
  readonly watch?: DatabaseWatch | undefined;
  close(): Promise<void>;
};

/** How soon a connection that could not be made is tried again, at the latest. */
const RETRY_SECONDS = 0.5;

export function connect(
  url: string,
  options: {
    max?: number;
    name: string;
    onNotice?: (message: string) => void;
    settings?: Readonly<Record<string, string>>;
    watch?: DatabaseWatch;
  },
): Connection {
  const client = postgres(url, {
    max: options.max ?? 10,
    idle_timeout: 60,
    connect_timeout: 10,
    // Without it the client waits up to twenty seconds before it looks again for a database that was away.
    backoff: () => RETRY_SECONDS * (0.5 + Math.random() / 2),
    connection: { application_name: options.name, ...options.settings },
    onnotice: (notice) => options.onNotice?.(notice.message ?? ""),
  });
  // Makes the client hand out and take dates and JSON as text, which is how the query builder wants them.
  drizzle(client);
  return {
    sql: client,
    watch: options.watch,
    close: () => client.end({ timeout: 5 }),
  };
}
