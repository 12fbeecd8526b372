import { sql } from "drizzle-orm";
import type { Tx } from "../kernel/db.ts";

/** What runs on this database, and how far it is migrated. */
export type InstallationState = {
  readonly appliedMigrations: number;
  readonly postgres: string;
  /** How far business time is ahead of real time; not zero only in the sandbox. */
  readonly clockOffsetMs: number;
  readonly businessNow: Date;
  readonly processes: readonly {
    readonly id: string;
    readonly kind: "web" | "worker";
    readonly startedAt: Date;
    readonly seenAt: Date;
  }[];
};

/** A process that has not been heard of for this long is not shown as running. */
const ALIVE = "2 minutes";

export async function readInstallationState(tx: Tx): Promise<InstallationState> {
  const [row] = await tx.execute<{ applied: number; postgres: string; offset_ms: string }>(sql`
    select app.applied_migrations() as applied, current_setting('server_version') as postgres,
      (select offset_ms from app_clock where id = 1) as offset_ms`);
  const running = await tx.execute<{ id: string; kind: "web" | "worker"; started_at: string; seen_at: string }>(sql`
    select id, kind, started_at, seen_at from processes where seen_at > now() - ${sql.raw(`interval '${ALIVE}'`)}
      order by kind, started_at, id limit 50`);
  return {
    appliedMigrations: row?.applied ?? 0,
    postgres: row?.postgres ?? "",
    clockOffsetMs: Number(row?.offset_ms ?? 0),
    businessNow: tx.scope.now,
    processes: running.map(({ started_at, seen_at, ...process }) => ({
      ...process,
      startedAt: new Date(started_at),
      seenAt: new Date(seen_at),
    })),
  };
}
