import { fileURLToPath } from "node:url";
import { drizzle } from "drizzle-orm/postgres-js";
import { migrate as applyMigrations } from "drizzle-orm/postgres-js/migrator";
import { runMigrations } from "graphile-worker";
import postgres from "postgres";
import { projectFile } from "../server/kernel/project-file.ts";

/**
 * Brings the database to this version: the queue's own schema as the service role, then ours as the owner. Safe to run at
 * every start and by several processes at once (an advisory lock lets one do it). Gives up on a lock after five seconds
 * rather than stop a running shop. The roles must exist (`drizzle/roles.sql`).
 */
export async function migrate(urls: { ownerUrl: string; serviceUrl: string }): Promise<void> {
  const owner = postgres(urls.ownerUrl, {
    max: 1,
    onnotice: () => {},
    connection: { application_name: "kraftverk-migrate" },
  });
  try {
    await owner`select pg_advisory_lock(7410)`;
    await owner`set lock_timeout = '5s'`;
    await runMigrations({ connectionString: urls.serviceUrl });
    await applyMigrations(drizzle(owner), { migrationsFolder: fileURLToPath(projectFile("drizzle/migrations")) });
  } finally {
    await owner.end({ timeout: 5 });
  }
}
