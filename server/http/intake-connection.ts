import { type Connection, connect } from "../kernel/db.ts";

/** Intake has its own connections: nothing else can make it wait, and its one statement must never scan a table. */
export function intakeConnection(url: string): Connection {
  return connect(url, { max: 3, name: "kraftverk-web-intake", settings: { enable_seqscan: "off" } });
}
