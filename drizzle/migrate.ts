import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { readMigrationFiles } from "drizzle-orm/migrator";
import { runMigrations } from "graphile-worker";
import postgres from "postgres";
import { projectFile } from "../server/kernel/project-file.ts";
import { isBegun, keepPlaceForSteps, noteSteps, runAloneSteps } from "./alone-steps.ts";
import { lettingOthersPass } from "./lock-patience.ts";
import { planMigration } from "./migration-plan.ts";

type Migration = ReturnType<typeof readMigrationFiles>[number];

/**
 * Brings the database to this version: the queue's own schema as the service role, then ours as the owner. Safe to run at
 * every start and by several processes at once (one does it, the others wait), and to run again after a failure: each
 * migration is one transaction, and what it still has to do beside the running shop (indexes, reading old rows) is written
 * down with it and goes on next time; only then it counts as applied. A shop with data goes on selling meanwhile.
 * `through` ends after that migration. The roles must exist (`drizzle/roles.sql`). Throws what PostgreSQL says, and when a
 * lock could not be had for half a minute.
 */
export async function migrate(
  urls: { ownerUrl: string; serviceUrl: string },
  options: { through?: number } = {},
): Promise<void> {
  const owner = postgres(urls.ownerUrl, {
    max: 1,
    onnotice: () => {},
    connection: { application_name: "kraftverk-migrate" },
  });
  try {
    await takeTurn(owner);
    await runMigrations({ connectionString: urls.serviceUrl });
    const files = readMigrationFiles({ migrationsFolder: fileURLToPath(projectFile("drizzle/migrations")) });
    await applyMigrations(owner, options.through === undefined ? files : files.slice(0, options.through + 1));
  } finally {
    await owner.end({ timeout: 5 });
  }
}

/** One process at a time. Asks and asks again: one that waits inside the database would hold up every concurrent index. */
async function takeTurn(owner: postgres.Sql): Promise<void> {
  while (true) {
    const [row] = await owner<{ taken: boolean }[]>`select pg_try_advisory_lock(7410) as taken`;
    if (row?.taken) return;
    await pause(100);
  }
}

async function applyMigrations(owner: postgres.Sql, files: readonly Migration[]): Promise<void> {
  await owner`create schema if not exists drizzle`;
  await owner`create table if not exists drizzle.__drizzle_migrations (
    id serial primary key, hash text not null, created_at bigint)`;
  await keepPlaceForSteps(owner);
  const [last] = await owner<{ at: string | null }[]>`select max(created_at) as at from drizzle.__drizzle_migrations`;
  const tables = await owner<{ tablename: string }[]>`select tablename from pg_tables where schemaname = 'public'`;
  const live = new Set(tables.map(({ tablename }) => tablename));
  for (const migration of files.filter(({ folderMillis }) => folderMillis > Number(last?.at ?? 0))) {
    await applyMigration(owner, migration, live);
  }
}

async function applyMigration(owner: postgres.Sql, migration: Migration, live: ReadonlySet<string>): Promise<void> {
  const id = migration.folderMillis;
  const applied = (sql: postgres.ISql) =>
    sql`insert into drizzle.__drizzle_migrations (hash, created_at) values (${migration.hash}, ${id})`;
  if (!(await isBegun(owner, id))) {
    const plan = planMigration(migration.sql, live);
    await lettingOthersPass(owner, () =>
      owner.begin(async (tx) => {
        for (const statement of plan.together) await tx.unsafe(statement);
        if (plan.alone.length === 0) await applied(tx);
        else await noteSteps(tx, id, plan.alone);
      }),
    );
    if (plan.alone.length === 0) return;
  }
  await runAloneSteps(owner, id);
  await applied(owner);
}
