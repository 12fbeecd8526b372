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

/** How a client reads and writes values, by the number of their type. */
type Client = {
  readonly parsers: Record<string, unknown>;
  readonly serializers: Record<string, unknown>;
  readonly shared: { readonly typeArrayMap: Record<string, number> };
};

/** Types with smaller numbers are PostgreSQL's own: the same in every database. */
const FIRST_OF_A_DATABASE = 16_384;
/** Who asked last, until somebody was told. */
let asked: Client | undefined;

/**
 * Each connection would ask the server for its array types before the first statement: 3 ms of work here and there. The first
 * of a process asks; every later one knows.
 */
function askOnce(client: Client): void {
  Object.defineProperty(client, "fetch_types", { get: () => !isTold(client) });
}

function isTold(client: Client): boolean {
  if (knowsArrays(client)) return true;
  if (!asked || !knowsArrays(asked)) {
    asked = client;
    return false;
  }
  for (const [type, array] of Object.entries(asked.shared.typeArrayMap)) {
    if (array >= FIRST_OF_A_DATABASE) continue;
    client.shared.typeArrayMap[type] = array;
    client.parsers[array] ??= asked.parsers[array];
    client.serializers[array] ??= asked.serializers[array];
  }
  return true;
}

const knowsArrays = ({ shared }: Client) => Object.keys(shared.typeArrayMap).length > 0;

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
    connection: { application_name: options.name, ...options.settings },
    onnotice: (notice) => options.onNotice?.(notice.message ?? ""),
  });
  // Makes the client hand out and take dates and JSON as text, which is how the query builder wants them.
  drizzle(client);
  askOnce(client.options as unknown as Client);
  return {
    sql: client,
    watch: options.watch,
    close: () => client.end({ timeout: 5 }),
  };
}
